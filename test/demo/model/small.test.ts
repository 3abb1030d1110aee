import { describe, expect, it } from 'vitest';
import { ranked, reliefOf, rgbOf } from '../../../demo/landscape/relief';
import { Latest } from '../../../demo/state/latest';
import { DEFAULTS, restarted, withScenario } from '../../../demo/state/settings';
import { Rates } from '../../../demo/worker/rates';

describe('the latest question', () => {
  it('is the only one answered of those that come meanwhile, and stale answers are not told', async () => {
    const asked: number[] = [];
    const told: number[] = [];
    const pending: ((answer: number) => void)[] = [];
    const latest = new Latest<number, number>(
      (question) => {
        asked.push(question);
        return new Promise((resolve) => pending.push(resolve));
      },
      (answer) => told.push(answer),
      () => {},
    );
    for (const question of [1, 2, 3]) latest.ask(question);
    pending[0](10);
    await new Promise((resolve) => setTimeout(resolve));
    pending[1](30);
    await new Promise((resolve) => setTimeout(resolve));
    expect(asked).toEqual([1, 3]);
    expect(told).toEqual([30]);
  });

  it('goes on after a failure', async () => {
    const failures: unknown[] = [];
    const told: string[] = [];
    const latest = new Latest<boolean, string>(
      async (fail) => {
        if (fail) throw new Error('no');
        return 'yes';
      },
      (answer) => told.push(answer),
      (error) => failures.push(error),
    );
    latest.ask(true);
    await new Promise((resolve) => setTimeout(resolve));
    latest.ask(false);
    await new Promise((resolve) => setTimeout(resolve));
    expect(failures).toEqual([new Error('no')]);
    expect(told).toEqual(['yes']);
  });
});

describe('rates', () => {
  it('are over the last generations, and a pause does not count', () => {
    const rates = new Rates();
    expect(rates.add(0, 10, 100)).toEqual({ evaluationsPerS: 0, callsPerS: 0 });
    expect(rates.add(500, 20, 300)).toEqual({ evaluationsPerS: 20, callsPerS: 400 });
    rates.restart();
    rates.add(100_000, 30, 500);
    expect(rates.add(101_000, 40, 600)).toEqual({ evaluationsPerS: 10, callsPerS: 100 });
  });
});

describe('settings', () => {
  const changed = {
    ...DEFAULTS,
    seed: 9,
    faults: [3],
    genes: [1],
    generation: 7,
    updates: [{ generation: 1, update: { population: 9 } }],
  };

  it('of another scenario keep what is not of the one before', () => {
    expect(withScenario(changed, 'other')).toEqual({ ...DEFAULTS, scenario: 'other', seed: 9 });
  });

  it('of a run from the beginning keep the arena', () => {
    expect(restarted(changed, { seed: 2 })).toEqual({
      ...changed,
      seed: 2,
      genes: null,
      generation: null,
      updates: [],
    });
  });
});

describe('the relief', () => {
  it('goes by rank, so that a single peak does not flatten all else', () => {
    expect([...ranked(Float32Array.of(0, 1, 2, 1e9, Number.NaN, Number.POSITIVE_INFINITY))]).toEqual([
      0,
      expect.closeTo(1 / 3),
      expect.closeTo(2 / 3),
      1,
      Number.NaN,
      1,
    ]);
    expect([...ranked(Float32Array.of(5, 5))]).toEqual([0, 0]);
  });

  it('has its first row at the bottom, and nothing where there is no height', () => {
    const pixels = reliefOf(Float32Array.of(0, 1, 2, Number.NaN), 2, [
      [0, 0, 0],
      [200, 100, 0],
    ]);
    expect([...pixels]).toEqual([200, 100, 0, 255, 0, 0, 0, 0, 0, 0, 0, 255, 100, 50, 0, 255]);
    expect(rgbOf('rgb(1, 2, 3)')).toEqual([1, 2, 3]);
  });
});
