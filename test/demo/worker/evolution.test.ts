import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EvolveQuery, Frame } from '../../../demo/worker/api';
import { LiveEvolution } from '../../../demo/worker/evolution';
import { type Engine, openEngine } from '../../../src/gpu';
import { loadScenario, type Scenario } from '../../../src/system';
import { SHOP_YAML } from '../../../src/system/testing/shop';

const shop = loadScenario(SHOP_YAML, 'shop.yaml');
const scenario: Scenario = {
  ...shop,
  faults: shop.faults.slice(0, 1),
  windows: { warmupUs: 1e6, healthyUs: 1e6, onsetUs: 1e6, steadyUs: 1e6, recoveryUs: 1e6 },
};
const QUERY: EvolveQuery = { seed: 1, population: 8, updates: [] };
const LARGER = { population: 12 };

describe('a live evolution', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine({ engine: 'wasm', workers: 0 });
  });
  afterAll(() => engine.close());

  const begin = (query: EvolveQuery = QUERY, onFrame: (frame: Frame) => void = () => {}) => {
    const frames: Frame[] = [];
    const failures: string[] = [];
    const live = new LiveEvolution(engine, scenario, query, {
      frame: (frame) => {
        frames.push(frame);
        onFrame(frame);
      },
      failed: (message) => void failures.push(message),
    });
    return { live, frames, failures };
  };
  const told = (frames: readonly Frame[]) => frames.map(({ generation, applied }) => [generation, applied]);

  it('a change made while a generation is under way is in force with the next, once, and remakes the run', async () => {
    const { live, frames } = begin();
    const first = live.proceed(1);
    expect(live.update(LARGER)).toBe(1);
    await first;
    expect(told(frames)).toEqual([[0, []]]);

    await live.proceed(3);
    const updates = [{ generation: 1, update: LARGER }];
    expect(told(frames.slice(1))).toEqual([
      [1, updates],
      [2, []],
    ]);

    const digests = (of: readonly Frame[]) => of.map(({ digest }) => digest);
    const unchanged = begin();
    await unchanged.live.proceed(2);
    expect(digests(unchanged.frames)[0]).toBe(digests(frames)[0]);
    expect(digests(unchanged.frames)[1]).not.toBe(digests(frames)[1]);
    const again = begin({ ...QUERY, updates });
    await again.live.proceed(3);
    expect(digests(again.frames)).toEqual(digests(frames));
    expect(again.frames.flatMap(({ applied }) => applied)).toEqual([]);
  });

  it('a change made at rest is in force with the next generation', async () => {
    const { live, frames } = begin();
    await live.proceed(1);
    expect(live.update(LARGER)).toBe(1);
    await live.proceed(2);
    expect(told(frames)).toEqual([
      [0, []],
      [1, [{ generation: 1, update: LARGER }]],
    ]);
  });

  it('paused, it finishes the generation under way; a goal is counted from the beginning, however often it is set', async () => {
    const { live, frames } = begin();
    const rested = live.proceed(40);
    await live.proceed(0);
    await rested;
    expect(frames).toHaveLength(1);
    await Promise.all([live.proceed(2), live.proceed(2)]);
    await live.proceed(2);
    expect(frames).toHaveLength(2);
  });

  it('a change as a frame is shown is for the generation after it', async () => {
    const { live, frames } = begin(QUERY, ({ generation }) => {
      if (generation === 0) expect(live.update(LARGER)).toBe(1);
    });
    await live.proceed(2);
    expect(frames[1].applied).toEqual([{ generation: 1, update: LARGER }]);
  });

  it('tells a change that makes no sense, and goes on with the others', async () => {
    const { live, frames, failures } = begin();
    live.update({ population: 1 });
    live.update(LARGER);
    await live.proceed(1);
    expect(failures).toEqual([expect.stringContaining('a population of 1')]);
    await live.proceed(1);
    expect(told(frames)).toEqual([[0, [{ generation: 0, update: LARGER }]]]);
  });

  it('ended, it makes nothing more', async () => {
    const { live, frames, failures } = begin();
    live.end();
    await live.proceed(1);
    expect([frames, failures]).toEqual([[], []]);
  });
});
