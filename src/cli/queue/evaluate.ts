import { resolve } from 'node:path';
import packageManifest from '../../../package.json' with { type: 'json' };
import { claimFolder } from '../../files';
import type { Engine } from '../../gpu';
import { describeSweep, sweep } from '../../sweep';
import {
  differenceBetween,
  type Evaluate,
  emptyManifest,
  folderSink,
  landShard,
  type ShardTask,
} from '../../sweep/node';
import { UserError } from '../../text';
import { openTask, type SweepTask } from '../sweep-task';
import { type Announcement, type Notice, readAnnouncement } from './announcement';

/** Where this machine has what the coordinator names by its own paths. */
export interface Local {
  /** The sweep's folder. */
  readonly folder?: string;
  /** The scenario or module. */
  readonly file?: string;
}

/** Evaluates shards of queued sweeps on an engine, and keeps what it opened for the last of them. */
export class ShardEvaluator {
  readonly #engine: Engine;
  readonly #local: Local;
  #open: { readonly announcement: Announcement; readonly task: SweepTask } | undefined;

  constructor(engine: Engine, local: Local) {
    this.#engine = engine;
    this.#local = local;
  }

  /**
   * Opens what a shard needs, so that it can be made to land in its sweep's folder.
   * @throws UserError where this machine does not see that folder, or would make other rows than the coordinator means
   */
  async open({ id, sweep: notice, shard }: ShardTask<Notice>): Promise<Evaluate> {
    const folder = this.#local.folder ?? notice.folder;
    const { announcement, task } = await this.#opened(id, notice, folder);
    return (signal) =>
      landShard(folder, shard, async (temporary) => {
        const sink = folderSink(temporary, { files: announcement.manifest.files });
        await sweep(task.problem, task.design, sink, { ...task.options, shard, signal });
      });
  }

  async #opened(id: string, { version }: Notice, folder: string) {
    if (this.#open?.announcement.id === id) return this.#open;
    if (version !== packageManifest.version)
      throw new UserError(
        `this worker is release ${packageManifest.version} of tardigrade, the sweep's coordinator is ${version}`,
        'install the same release',
      );
    const announcement = await readAnnouncement(folder);
    if (announcement?.id !== id)
      throw new UserError(
        `${folder} is not the folder of the sweep on this machine`,
        "mount the coordinator's --out there, or name where it is with --out",
      );
    await claimFolder(folder);
    this.#open = { announcement, task: await this.#openTask(announcement) };
    return this.#open;
  }

  async #openTask({ file: theirs, flags, manifest }: Announcement): Promise<SweepTask> {
    const file = this.#local.file ? resolve(this.#local.file) : theirs;
    const task = await openTask(this.#engine, file, flags);
    const own = emptyManifest(describeSweep(task.problem, task.design, task.options), manifest.files);
    const difference = differenceBetween(own, manifest);
    if (difference)
      throw new UserError(
        `${file} is not what the coordinator sweeps: it has another ${difference}`,
        `give this worker the coordinator's ${manifest.problem.name}`,
      );
    return task;
  }
}
