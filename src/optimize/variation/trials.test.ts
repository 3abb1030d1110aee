import { expect, it } from 'vitest';
import type { Engine } from '../../gpu';
import { describeOnEngines, ENGINES } from '../../gpu/testing/engines';
import { deriveKey, mulhi, seedKey, threefry2x32 } from '../../math';
import { defineSpace, type Space, vector } from '../../space';
import { type Columns, columnsOf } from './columns';
import { PLAN_WORDS, Trials } from './trials';

const key = deriveKey(seedKey(4), 1);
const line = (n: number) =>
  defineSpace(vector('x', n, { type: 'float', min: 0, max: 1, scale: 'linear', grid: 'binary' }));

/** Trials from `first` on, from parents and an archive of `archived` that follow each other in the pool. */
async function make(
  engine: Engine,
  space: Space,
  { pool, archived }: { pool: Uint32Array; archived: number },
  plans: Uint32Array,
  first = 0,
  columns: Columns = { from: 0, to: space.variables.length },
) {
  const count = plans.length / PLAN_WORDS - first;
  const split = pool.length - archived * space.variables.length;
  const plan = { parents: pool.subarray(0, split), archive: pool.subarray(split), plans, key };
  const { dispatches, genes } = await new Trials(engine, space).prepare(plan, first, count, columns);
  const byteLength = count * (columns.to - columns.from) * 4;
  return (await engine.submit(dispatches, [{ buffer: genes, byteLength }]))[0];
}

describeOnEngines('trials', (under) => {
  it('are own + factor (best - own) + factor (plus - minus), halfway to an end that this would pass', async () => {
    const variables = 5;
    const members = 40;
    const pool = Uint32Array.from({ length: members * variables }, (_, i) => threefry2x32(key, [i, 7])[0]);
    const archived = 8;
    const index = (i: number, salt: number, below: number) => mulhi(threefry2x32(key, [i, salt])[0], below);
    const plans = Uint32Array.from(
      Array.from({ length: 30 }, (_, i) => [
        index(i, 1, members - archived),
        index(i, 2, members - archived),
        index(i, 3, members),
        threefry2x32(key, [i, 4])[0],
        0x8000_0000,
        i % variables,
      ]).flat(),
    );
    const engine = await under.open();
    const from = { pool, archived };
    const trials = await make(engine, line(variables), from, plans);
    expect(await make(engine, line(variables), from, plans, 10)).toEqual(trials.slice(10 * variables));
    const columns = { from: 1, to: 4 };
    const some = await make(engine, line(variables), from, plans, 0, columns);
    expect(some).toEqual(columnsOf(trials, variables, columns));
    engine.close();
    let crossed = 0;
    for (const [at, trial] of trials.entries()) {
      const [row, gene] = [Math.floor(at / variables), at % variables];
      const [best, plus, minus, factor, rate, crosses] = plans.subarray(row * PLAN_WORDS);
      const value = (member: number) => pool[member * variables + gene];
      if (threefry2x32(key, [row, gene >> 1])[gene & 1] >= rate && gene !== crosses) {
        expect(trial).toBe(value(row));
        continue;
      }
      crossed++;
      const step = (from: number, to: number) =>
        to >= from ? mulhi(factor, to - from) : -mulhi(factor, from - to);
      const sum = value(row) + step(value(row), value(best)) + step(value(minus), value(plus));
      const half = Math.floor(value(row) / 2);
      expect(trial).toBe(sum < 0 ? half : sum >= 2 ** 32 ? half + 2 ** 31 : sum);
    }
    expect(crossed).toBeGreaterThan(60);
    expect(crossed).toBeLessThan(130);
  });
});

it('trials of categories take one of the values that are there', async () => {
  const space = defineSpace([{ name: 'c', type: 'category', values: ['a', 'b', 'c', 'd'] }]);
  const pool = new Uint32Array(400);
  pool.set([1, 2, 3, 4]);
  const plans = Uint32Array.from(
    Array.from({ length: 400 }, () => [1, 2, 3, 0x8000_0000, 0xffff_ffff, 0]).flat(),
  );
  const counts = new Map<number, number>();
  const engine = await ENGINES[ENGINES.length - 1].open();
  const trials = await make(engine, space, { pool, archived: 0 }, plans);
  engine.close();
  for (const gene of trials) counts.set(gene, (counts.get(gene) ?? 0) + 1);
  expect([...counts.keys()].sort()).toEqual([2, 3, 4]);
  // Half of them the best's, a quarter each of the two others'.
  expect(Math.abs((counts.get(2) ?? 0) - 200)).toBeLessThan(40);
});
