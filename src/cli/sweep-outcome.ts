import { join } from 'node:path';
import type { FormatName, SweepResult } from '../sweep';
import { count, speed } from './sweep-progress';
import type { Terminal } from './terminal';

/** Where a sweep went, and how long it took. */
export interface SweepFacts {
  readonly out: string;
  readonly files: FormatName;
  readonly seconds: number;
}

/** What a sweep came to, as the document of `--json`. */
export function sweepDocument(
  { header, rows, resumed, notFinite }: SweepResult,
  { out, seconds }: SweepFacts,
) {
  const { design, shard, range } = header;
  return { out, design, shard, range, rows, resumed, notFinite, seconds };
}

/** Prints what a sweep came to. */
export function printSweep(
  result: SweepResult,
  { out, files, seconds }: SweepFacts,
  { print }: Terminal,
): void {
  const { header, rows, resumed, notFinite } = result;
  const { design, problem } = header;
  const now = rows - resumed;
  const made = resumed > 0 ? `${count(rows)} rows, ${count(now)} of them now` : `${count(rows)} rows`;
  const perS = speed(now / Math.max(seconds, 1e-3));
  print(`${made}, ${perS} rows/s. ${design.name} design of ${count(design.count)} rows.`);
  if (notFinite > 0)
    print(`${count(notFinite)} rows have a score that is not finite: they are kept as they are.`);
  if (problem.precision === 'f32')
    print('The scores are in single precision: reproducible on this engine only.');
  print(`Wrote ${join(out, 'manifest.json')} and its ${files} parts.`);
}
