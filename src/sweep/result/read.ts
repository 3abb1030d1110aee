import { join } from 'node:path';
import { UserError } from '../../text';
import type { Batch, Column } from '../column';
import { readTable } from '../table/read';
import { columnOf } from '../table/values';
import { manifestIn, wholeParts } from './folder-sink';
import { isComplete, type Manifest, rowsWritten } from './manifest';
import { combineShards, shardManifests } from './merge';

/** A result to be read again. */
export interface Result {
  readonly manifest: Manifest;
  readonly columns: readonly Column[];
  /** Rows that are there: all of them where it is complete. */
  readonly rows: number;
  readonly complete: boolean;
  /**
   * The rows in the order of the design, a row group (or file) at a time. `data` follows `names`, by default all columns.
   * @throws RangeError for a name that is no column
   */
  batches(names?: readonly string[]): AsyncGenerator<Batch>;
}

/**
 * Opens the result in a folder, or in the shard folders below it.
 * @throws UserError where there is none, or a shard is missing, unfinished or of another sweep
 */
export async function readResult(folder: string): Promise<Result> {
  const manifest = (await manifestIn(folder)) ?? combineShards(await shardManifests(folder));
  const whole = await wholeParts(folder, manifest);
  const broken = manifest.parts.find((part) => !whole.includes(part));
  if (broken)
    throw new UserError(
      `${join(folder, broken.file)} is missing, or not as its manifest lists it`,
      'run the sweep again with --resume',
    );
  const { columns } = manifest;
  return {
    manifest,
    columns,
    rows: rowsWritten(manifest),
    complete: isComplete(manifest),
    async *batches(names = columns.map(({ name }) => name)) {
      const wanted = names.map((name) => {
        const column = columns.find((candidate) => candidate.name === name);
        if (!column) throw new RangeError(`the result has no column '${name}'`);
        return column;
      });
      for (const part of manifest.parts) {
        const path = join(folder, part.file);
        let first = part.first;
        for await (const table of readTable(path, manifest.files, names)) {
          const data = wanted.map((column) => columnOf(column, table, path));
          yield { first, rows: table.rows, data };
          first += table.rows;
        }
        if (first !== part.first + part.rows)
          throw new UserError(
            `${path} holds ${first - part.first} rows, not the ${part.rows} of its manifest`,
            'remove it and run the sweep with --resume',
          );
      }
    },
  };
}
