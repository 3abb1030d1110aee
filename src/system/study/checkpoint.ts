import type { EvolveCheckpoint } from './evolve';

const ARRAYS = { Uint32Array, Float64Array } as const;
type ArrayName = keyof typeof ARRAYS;

/** Floats that JSON has no number for. */
const SPECIAL: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
  '-0': -0,
};

function writeNumber(value: number): number | string {
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? value : String(value);
}

function readNumber(written: number | string): number {
  return typeof written === 'string' ? SPECIAL[written] : written;
}

/** The checkpoint as JSON; `readCheckpoint` gives back the same bits. */
export function writeCheckpoint(checkpoint: EvolveCheckpoint): string {
  return JSON.stringify(checkpoint, (_, value) => {
    for (const [array, type] of Object.entries(ARRAYS))
      if (value instanceof type) return { array, values: Array.from(value, writeNumber) };
    return value;
  });
}

/** Reads what `writeCheckpoint` wrote. Throws SyntaxError or RangeError where the text is no checkpoint. */
export function readCheckpoint(text: string): EvolveCheckpoint {
  const checkpoint = JSON.parse(text, (_, value) => {
    const type = ARRAYS[value?.array as ArrayName];
    if (type === undefined || !Array.isArray(value.values)) return value;
    return new type(value.values.map(readNumber));
  });
  if (checkpoint?.version !== 1) throw new RangeError('this is no checkpoint of an evolution');
  return checkpoint;
}
