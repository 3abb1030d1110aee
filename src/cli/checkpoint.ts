import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomic } from '../files';
import type { EvolveCheckpoint } from '../system';
import { UserError } from '../text';

const FORMAT = 'tardigrade-checkpoint/1';

interface CheckpointFile {
  readonly format: typeof FORMAT;
  /** SHA-256 of the scenario's text: a state of another scenario goes on to nonsense. */
  readonly scenarioDigest: string;
  readonly state: EvolveCheckpoint;
}

const ARRAYS = { Uint32Array, Float64Array } as const;
type ArrayKind = keyof typeof ARRAYS;

/** Typed arrays keep their bits, NaN included: base64 under the name of their type. */
function packArrays(_key: string, value: unknown): unknown {
  for (const kind of Object.keys(ARRAYS) as ArrayKind[])
    if (value instanceof ARRAYS[kind]) {
      const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      return { [kind]: bytes.toString('base64') };
    }
  return value;
}

function unpackArrays(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  for (const kind of Object.keys(ARRAYS) as ArrayKind[]) {
    const packed = (value as Record<string, unknown>)[kind];
    // A copy of its own: the arrays' offsets must be aligned.
    if (typeof packed === 'string')
      return new ARRAYS[kind](new Uint8Array(Buffer.from(packed, 'base64')).buffer);
  }
  return value;
}

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** Where the state of an evolution is kept between two generations. */
export class Checkpoint {
  readonly path: string;
  readonly #scenarioDigest: string;

  constructor(folder: string, scenarioText: string) {
    this.path = join(folder, 'checkpoint.json');
    this.#scenarioDigest = digestOf(scenarioText);
  }

  async write(state: EvolveCheckpoint): Promise<void> {
    const file: CheckpointFile = { format: FORMAT, scenarioDigest: this.#scenarioDigest, state };
    await writeAtomic(this.path, JSON.stringify(file, packArrays));
  }

  /**
   * The state last written; undefined where there is none.
   * @throws UserError where it is of another scenario, or no checkpoint at all
   */
  async read(): Promise<EvolveCheckpoint | undefined> {
    const text = await readFile(this.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (text === undefined) return undefined;
    const file = this.#parse(text);
    if (file.scenarioDigest !== this.#scenarioDigest)
      throw new UserError(
        `${this.path} belongs to another scenario, or the scenario was changed since`,
        'run without --resume, or name another --out',
      );
    return file.state;
  }

  #parse(text: string): CheckpointFile {
    try {
      const file = JSON.parse(text, unpackArrays) as CheckpointFile;
      if (file.format === FORMAT) return file;
    } catch {
      // Told below, as for any other text that is none of ours.
    }
    throw new UserError(`${this.path} is no checkpoint of this version`, 'run without --resume');
  }
}
