import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from '../../files';
import type { Batch, Column } from '../column';
import type { RowRange } from '../design';
import { FORMATS } from '../formats';
import type { FormatName, PartEncoder } from '../formats/format';
import type { PartRecord } from './manifest';

/** Beside a part that is being written; whatever still has this name after a run is worth nothing. */
export const UNFINISHED = '.unfinished';

/** Digits enough for every row of a design, so that names sort as their rows do. */
const DIGITS = 10;

/** The file of the part that begins at a row: the same whoever writes it. */
export function partFileName(first: number, files: FormatName): string {
  return `part-${String(first).padStart(DIGITS, '0')}.${files}`;
}

/**
 * A part on its way to the disk, under a name of its own until it is whole. Two processes may write the same part at once:
 * each renames the same bytes to the same place.
 */
export class PartFile {
  readonly #path: string;
  readonly #temporary: string;
  readonly #range: RowRange;
  readonly #file: FileHandle;
  readonly #encoder: PartEncoder;
  #bytes = 0;
  #rows = 0;

  private constructor(
    path: string,
    range: RowRange,
    temporary: string,
    file: FileHandle,
    encoder: PartEncoder,
  ) {
    this.#path = path;
    this.#range = range;
    this.#temporary = temporary;
    this.#file = file;
    this.#encoder = encoder;
  }

  /** Begins the part of these rows in a folder, which is made where it is not there. */
  static async create(
    folder: string,
    files: FormatName,
    columns: readonly Column[],
    range: RowRange,
  ): Promise<PartFile> {
    const path = join(folder, partFileName(range.first, files));
    const temporary = `${path}.${randomUUID()}${UNFINISHED}`;
    await mkdir(folder, { recursive: true });
    const file = await open(temporary, 'wx');
    const encoder = FORMATS[files](columns, { 'tardigrade.columns': JSON.stringify(columns) });
    const part = new PartFile(path, range, temporary, file, encoder);
    await part.#append([encoder.begin()]);
    return part;
  }

  /** Writes the rows after those written before. */
  async write(batch: Batch): Promise<void> {
    if (batch.first !== this.#range.first + this.#rows)
      throw new RangeError(`row ${batch.first} is not the next one of this part`);
    await this.#append(this.#encoder.rows(batch));
    this.#rows += batch.rows;
  }

  /** Makes the file whole and lasting. @returns what a manifest says of it */
  async commit(): Promise<PartRecord> {
    await this.#append([this.#encoder.end()]);
    await this.#file.sync();
    await this.#file.close();
    await rename(this.#temporary, this.#path);
    await syncFolder(dirname(this.#path));
    const { first, rows } = this.#range;
    return { file: partFileName(first, this.#extension()), first, rows, bytes: this.#bytes };
  }

  async abort(): Promise<void> {
    await this.#file.close().catch(() => {});
    await rm(this.#temporary, { force: true });
  }

  #extension(): FormatName {
    return this.#path.slice(this.#path.lastIndexOf('.') + 1) as FormatName;
  }

  /** Writes all of the chunks, in as few calls as the system takes them. */
  async #append(chunks: readonly Uint8Array[]): Promise<void> {
    let rest = chunks.filter(({ byteLength }) => byteLength > 0);
    while (rest.length > 0) {
      const { bytesWritten } = await this.#file.writev(rest);
      this.#bytes += bytesWritten;
      rest = after(rest, bytesWritten);
    }
  }
}

/** What is left of chunks after so many bytes of them. */
function after(chunks: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let skip = bytes;
  return chunks.flatMap((chunk) => {
    const gone = Math.min(skip, chunk.byteLength);
    skip -= gone;
    return gone < chunk.byteLength ? [chunk.subarray(gone)] : [];
  });
}
