import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../gpu';
import type { Problem } from '../../problem';
import { decode, defineSpace } from '../../space';
import type { Batch } from '../column';
import type { Design } from '../design';
import { randomDesign } from '../designs/random';
import { saltelliDesign } from '../designs/saltelli';
import { tabulate } from '../tabulate';
import { bowl } from '../testing/bowl';
import { analyze, type Table } from './analysis';
import { gFunction, ishigami, type TestFunction } from './testing/functions';

const EPISODES = { index: 0, first: 0, count: 1, purpose: 'test' } as const;

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ engine: 'wasm', workers: 0 });
});
afterAll(() => engine.close());

/** A sweep in memory, in batches of so many rows. */
function tableOf(problem: Problem, design: Design, batchRows = 1000): Table {
  const tabulator = tabulate(problem, EPISODES);
  async function* batches(): AsyncGenerator<Batch> {
    for (let first = 0; first < design.count; first += batchRows) {
      const genes = await design.rows(first, Math.min(batchRows, design.count - first));
      yield tabulator.batch(first, genes, await problem.evaluate(genes, EPISODES));
    }
  }
  return {
    columns: tabulator.columns,
    variables: problem.space.variables,
    design: design.name,
    batches: batches(),
  };
}

function problemOf(width: number, objectives: readonly ((values: readonly number[]) => number)[]): Problem {
  const space = defineSpace(
    Array.from({ length: width }, (_, i) => ({
      name: `x${i + 1}`,
      type: 'float',
      scale: 'linear',
      min: 0,
      max: 1,
    })),
  );
  return {
    space,
    objectives: objectives.map((_, i) => `f${i + 1}`),
    constraints: [],
    async evaluate(genes) {
      const count = genes.length / width;
      const rows = Array.from({ length: count }, (_, i) => decode(space, genes, i));
      return {
        objectives: Float64Array.from(rows.flatMap((row) => objectives.map((f) => f(row)))),
        violations: new Float64Array(),
        samples: new Float64Array(count).fill(1),
        variance: new Float64Array(count * objectives.length),
      };
    },
  };
}

const problemFrom = (model: TestFunction) => problemOf(model.variables, [model.evaluate]);

describe('a Saltelli design', () => {
  it('has rows that differ from A in one column, whatever rows are asked for', async () => {
    const { space } = problemOf(3, []);
    const design = saltelliDesign(engine, space, { rows: 45, seed: 3 });
    expect(design.count).toBe(8 * 5);
    const all = await design.rows(0, 40);
    expect(await design.rows(7, 11)).toEqual(all.slice(7 * 3, 18 * 3));
    for (let base = 0; base < 8; base++) {
      const [a, ab1, ab2, ab3, b] = Array.from({ length: 5 }, (_, k) =>
        Array.from(all.slice((base * 5 + k) * 3, (base * 5 + k + 1) * 3)),
      );
      expect([ab1, ab2, ab3]).toEqual([0, 1, 2].map((i) => a.with(i, b[i])));
      expect(a.some((gene, i) => gene === b[i])).toBe(false);
    }
    expect(() => saltelliDesign(engine, space, { rows: 4 })).toThrow(RangeError);
  });

  it.each([
    ['Ishigami', ishigami(), 2 ** 11],
    ['g', gFunction([0, 1, 4.5, 9, 99, 99, 99, 99]), 2 ** 11],
  ])('gives the indices of the function %s, nearer than random points would', async (_, model, baseRows) => {
    const problem = problemFrom(model);
    const design = saltelliDesign(engine, problem.space, { rows: baseRows * (model.variables + 2) });
    const { outputs } = await analyze(tableOf(problem, design, 777));
    const { indices = [], baseRows: counted } = outputs[0].sobol ?? {};
    expect(counted).toBe(baseRows);
    expect(indices).toHaveLength(model.variables);
    indices.forEach(({ first, total }, i) => {
      expect(Math.abs(first.estimate - model.first[i])).toBeLessThan(0.01);
      expect(Math.abs(total.estimate - model.total[i])).toBeLessThan(0.01);
      expect(first.low).toBeLessThanOrEqual(model.first[i]);
      expect(first.high).toBeGreaterThanOrEqual(model.first[i]);
      expect(total.low).toBeLessThanOrEqual(model.total[i]);
      expect(total.high).toBeGreaterThanOrEqual(model.total[i]);
    });
  });

  it('counts only A and B in the means', async () => {
    const problem = problemFrom(ishigami());
    const design = saltelliDesign(engine, problem.space, { rows: 5 * 64 });
    const { outputs, rows } = await analyze(tableOf(problem, design));
    expect(rows).toBe(320);
    for (const { bins } of outputs[0].effects) expect(bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(128);
  });

  it('leaves out base rows of which a part is missing', async () => {
    const problem = problemFrom(ishigami());
    const design = saltelliDesign(engine, problem.space, { rows: 5 * 64 });
    const table = tableOf(problem, design, 32);
    async function* withHole() {
      for await (const batch of table.batches) if (batch.first !== 64) yield batch;
    }
    const { outputs } = await analyze({ ...table, batches: withHole() });
    // Rows 64 to 95: base rows 12 (from row 60) to 19 (to row 99).
    expect(outputs[0].sobol?.baseRows).toBe(64 - 8);
  });
});

describe('an analysis', () => {
  it('finds the best rows that hold the constraints', async () => {
    const problem = bowl();
    const design = randomDesign(engine, problem.space, { rows: 2000, seed: 2 });
    const { rows, feasible, outputs, pareto, sample } = await analyze(tableOf(problem, design), { best: 5 });
    expect(rows).toBe(2000);
    const scored = await problem.evaluate(await design.rows(0, 2000));
    const candidates = Array.from(scored.objectives, (value, row) => ({ value, row })).filter(
      ({ row }) => scored.violations[row] <= 0,
    );
    expect(feasible).toBe(candidates.length);
    expect(feasible).toBeLessThan(2000);
    const best = candidates.sort((a, b) => a.value - b.value || a.row - b.row).slice(0, 5);
    expect(outputs[0].best.map(({ row }) => row)).toEqual(best.map(({ row }) => row));
    expect(outputs[0].best[0].values[0]).toBe(best[0].row);
    expect(outputs[0].sobol).toBeUndefined();
    expect(pareto).toBeUndefined();
    expect(sample).toHaveLength(400);
    const places = sample.map(({ row }) => row);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('finds the Pareto rows of several objectives', async () => {
    const problem = problemOf(2, [(x) => Math.round(x[0] * 20), (x) => Math.round((1 - x[0] + x[1]) * 20)]);
    const design = randomDesign(engine, problem.space, { rows: 500 });
    const { pareto } = await analyze(tableOf(problem, design, 130));
    const { objectives } = await problem.evaluate(await design.rows(0, 500), EPISODES);
    const at = (row: number) => [objectives[2 * row], objectives[2 * row + 1]];
    const front = Array.from({ length: 500 }, (_, row) => row).filter((row) => {
      const [a, b] = at(row);
      return !Array.from({ length: 500 }, (_, other) => other).some((other) => {
        const [c, d] = at(other);
        return c <= a && d <= b && (c < a || d < b || other < row);
      });
    });
    expect(front.length).toBeGreaterThan(5);
    expect(pareto?.rows.map(({ row }) => row)).toEqual(front);
  });

  it('takes no value that is not a number for feasible', async () => {
    const problem = problemOf(1, [(x) => (x[0] < 0.5 ? Number.NaN : x[0])]);
    const design = randomDesign(engine, problem.space, { rows: 100 });
    const { feasible, outputs } = await analyze(tableOf(problem, design));
    expect(feasible).toBeGreaterThan(30);
    expect(feasible).toBeLessThan(70);
    expect(Number(outputs[0].best[0].values[1])).toBeGreaterThanOrEqual(0.5);
  });
});
