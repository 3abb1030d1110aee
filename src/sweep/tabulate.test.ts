import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decode, defineSpace, type Variable } from '../space';
import { ONE_EPISODE } from './evaluate';
import { tabulate } from './tabulate';

const variables: readonly Variable[] = [
  { name: 'linear', type: 'float', min: -3.5, max: 12, scale: 'linear' },
  { name: 'log', type: 'float', min: 0.001, max: 10, scale: 'log' },
  { name: 'binary', type: 'float', min: -5, max: 5, scale: 'linear', grid: 'binary' },
  { name: 'few', type: 'integer', min: -4, max: 9, scale: 'linear' },
  { name: 'many', type: 'integer', min: 0, max: 0xffff_ffff, scale: 'linear' },
  { name: 'far', type: 'integer', min: 2 ** 40, max: 2 ** 40 + 2 ** 25, scale: 'linear' },
  { name: 'whole', type: 'ordered', values: [1, 2, 5] },
  { name: 'halves', type: 'ordered', values: [0.5, 1, 1.5] },
  { name: 'numbers', type: 'category', values: [9, 7, 8] },
  { name: 'words', type: 'category', values: ['a', 'b', 3] },
  { name: 'on', type: 'switch' },
];
const space = defineSpace(variables);
const problem = {
  space,
  objectives: [],
  constraints: [],
  evaluate: () => Promise.reject(new Error('unused')),
};
const table = tabulate(problem, ONE_EPISODE);
const none = new Float64Array();
const scores = { objectives: none, violations: none, samples: none, variance: none };

it('gives each variable the narrowest type that holds it', () => {
  expect(Object.fromEntries(table.columns.map(({ name, type }) => [name, type]))).toEqual({
    row: 'uint32',
    linear: 'double',
    log: 'double',
    binary: 'double',
    few: 'int32',
    many: 'uint32',
    far: 'double',
    whole: 'int32',
    halves: 'double',
    numbers: 'int32',
    words: 'string',
    on: 'boolean',
  });
});

it('has the values that genes decode to', () => {
  const gene = fc.oneof(
    fc.integer({ min: 0, max: 0xffff_ffff }),
    fc.constantFrom(0, 0xffff_ffff, 2 ** 31, 2 ** 31 - 1),
  );
  const row = fc.array(gene, { minLength: variables.length, maxLength: variables.length });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), fc.nat(1000), (rows, first) => {
      const genes = Uint32Array.from(rows.flat());
      const { data } = table.batch(first, genes, scores);
      rows.forEach((_, i) => {
        expect(data[0][i]).toBe(first + i);
        decode(space, genes, i).forEach((value, v) => {
          const variable = variables[v];
          const expected = variable.type === 'category' ? variable.values[value] : value;
          expect(data[v + 1][i]).toBe(variable.name === 'words' ? String(expected) : expected);
        });
      });
    }),
  );
});
