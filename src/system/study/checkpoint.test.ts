import { expect, it } from 'vitest';
import { readCheckpoint, writeCheckpoint } from './checkpoint';
import type { EvolveCheckpoint } from './evolve';

it('a checkpoint keeps every bit, also of numbers that JSON lacks', () => {
  const state = {
    version: 1,
    genetic: {
      population: {
        objectives: Float64Array.of(0.1, -0, Number.NaN, Number.NEGATIVE_INFINITY, 5e-324),
        genes: Uint32Array.of(0, 0xffff_ffff),
      },
      reference: null,
    },
  } as unknown as EvolveCheckpoint;
  expect(readCheckpoint(writeCheckpoint(state))).toEqual(state);
});

it('what is no checkpoint is refused', () => {
  expect(() => readCheckpoint('{"version":2}')).toThrow(RangeError);
  expect(() => readCheckpoint('{')).toThrow(SyntaxError);
});
