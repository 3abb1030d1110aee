import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Archive, lowest, referenceBeyond } from './archive';
import { evaluated, type Population } from './population';

function scored(rows: readonly (readonly number[])[], firstGene = 0): Population {
  return evaluated(
    { variables: 1, objectives: 2, constraints: 0 },
    Uint32Array.from(rows, (_, i) => firstGene + i),
    {
      objectives: Float64Array.from(rows.flat()),
      violations: new Float64Array(),
      samples: new Float64Array(rows.length).fill(1),
      variance: new Float64Array(2 * rows.length),
    },
  );
}

const NONE: readonly null[] = [];

const point = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }));

it('holds the same set whenever it is looked at', () => {
  const generation = fc.tuple(fc.array(point, { maxLength: 6 }), fc.constantFrom(null, 4, 7), fc.boolean());
  fc.assert(
    fc.property(fc.array(generation, { maxLength: 8 }), (generations) => {
      let looked = Archive.of(scored([]));
      let patient = looked;
      generations.forEach(([rows, bound], i) => {
        const bounds = [bound, null];
        const fresh = scored(rows, 100 * i);
        looked = looked.with(fresh, bounds);
        expect(looked.population.count).toBeLessThanOrEqual(10);
        patient = patient.with(fresh, bounds);
      });
      expect(patient.population).toEqual(looked.population);
    }),
  );
});

it('keeps the first of equals, drops what is dominated, and what a bound excludes', () => {
  const archive = Archive.of(scored([]))
    .with(
      scored([
        [5, 5],
        [1, 9],
      ]),
      [],
    )
    .with(
      scored(
        [
          [1, 9],
          [4, 4],
        ],
        10,
      ),
      [],
    );
  expect([...archive.population.genes]).toEqual([1, 11]);
  const bounded = archive.with(scored([]), [null, 8]);
  expect([...bounded.population.genes]).toEqual([11]);
  // What a bound once excluded does not come back.
  expect([...bounded.with(scored([]), []).population.genes]).toEqual([11]);
});

it('says what is best, and what lies beyond', () => {
  const population = scored([
    [1, 9],
    [3, 5],
  ]);
  expect(lowest(population)).toEqual([1, 5]);
  expect(referenceBeyond(population)).toEqual([3.2, 9.4]);
  expect(lowest(scored([]))).toEqual([Number.NaN, Number.NaN]);
  expect(referenceBeyond(scored([]))).toBeNull();
});

it('holds the first of the best where there is one objective', () => {
  const single = (values: readonly number[], firstGene: number): Population =>
    evaluated(
      { variables: 1, objectives: 1, constraints: 0 },
      Uint32Array.from(values, (_, i) => firstGene + i),
      {
        objectives: Float64Array.from(values),
        violations: new Float64Array(),
        samples: new Float64Array(values.length).fill(1),
        variance: new Float64Array(values.length),
      },
    );
  const archive = [[5, 3], [4, 3], [2, 6], [2]].reduce(
    (before, values, i) => before.with(single(values, 10 * i), NONE),
    Archive.of(single([], 0)),
  );
  expect([...archive.population.genes]).toEqual([20]);
  expect([...archive.with(single([], 0), [1]).population.genes]).toEqual([]);
});
