import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { UserError } from '../../text';
import type { SweepHeader } from '../sink';
import { variableSchema } from './variable-schema';

/** The version of the manifest's shape. */
export const MANIFEST_FORMAT = 'tardigrade-sweep/1';
export const MANIFEST_FILE = 'manifest.json';

const whole = z.int().min(0);
const range = { first: whole, rows: whole };

const part = z.strictObject({
  /** Path from the manifest's folder, with forward slashes. */
  file: z.string(),
  ...range,
  bytes: whole,
});

const column = z.strictObject({
  name: z.string(),
  unit: z.string().optional(),
  type: z.enum(['int32', 'uint32', 'float', 'double', 'string', 'boolean']),
  role: z.enum(['index', 'variable', 'objective', 'constraint', 'variance', 'other']),
});

const manifestSchema = z.strictObject({
  format: z.literal(MANIFEST_FORMAT),
  /** The release that made the rows. */
  version: z.string(),
  problem: z.strictObject({
    name: z.string(),
    digest: z.string().optional(),
    seed: whole.optional(),
    precision: z.enum(['exact', 'f32']),
  }),
  design: z.strictObject({
    name: z.string(),
    count: whole,
    settings: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  }),
  replications: whole,
  columns: z.array(column),
  variables: z.array(variableSchema),
  partRows: whole,
  shard: z.strictObject({ index: whole, of: whole }),
  range: z.strictObject(range),
  files: z.enum(['parquet', 'csv', 'ndjson']),
  /** Whole parts, in the order of their rows. */
  parts: z.array(part),
});

/** What a result folder says of itself: what was swept, and which parts are there, whole. */
export type Manifest = z.output<typeof manifestSchema>;
export type PartRecord = z.output<typeof part>;

/** The manifest in a text. Throws UserError where it is none. */
export function parseManifest(text: string, path: string): Manifest {
  const parsed = manifestSchema.safeParse(asJson(text));
  if (parsed.success) return parsed.data;
  const [{ path: at, message }] = parsed.error.issues;
  throw new UserError(
    `${path} is no manifest of a sweep of this version (${[...at, message].join(': ')})`,
    'name the folder of a sweep',
  );
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The manifest as it is kept. */
export function writeManifest(manifest: Manifest): string {
  const { parts, ...rest } = manifest;
  const lines = parts.map((part) => `    ${JSON.stringify(part)}`).join(',\n');
  const head = JSON.stringify(rest, null, 2).replace(/\n}$/, '');
  return `${head},\n  "parts": [${lines ? `\n${lines}\n  ` : ''}]\n}\n`;
}

/** Rows in whole parts. */
export function rowsWritten({ parts }: Pick<Manifest, 'parts'>): number {
  return parts.reduce((sum, { rows }) => sum + rows, 0);
}

/** Whether every row of its range is there. */
export function isComplete(manifest: Manifest): boolean {
  return rowsWritten(manifest) === manifest.range.rows;
}

/** What two sweeps must agree in for rows of both to stand in one result. */
const SAME_SWEEP = ['problem', 'design', 'replications', 'columns', 'variables'] as const;

/** Names what makes two sweeps different; undefined where their rows may stand in one result. */
export function differenceBetween(a: SweepHeader, b: SweepHeader): (typeof SAME_SWEEP)[number] | undefined {
  return SAME_SWEEP.find((key) => !sameJson(a[key], b[key]));
}

/** Whether two values are the same in JSON, whatever the order of their keys. */
export function sameJson(a: unknown, b: unknown): boolean {
  const inJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
  return isDeepStrictEqual(inJson(a), inJson(b));
}
