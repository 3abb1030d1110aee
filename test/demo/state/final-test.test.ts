import { afterEach, describe, expect, it } from 'vitest';
import { testAtRest } from '../../../demo/state/final-test';
import * as store from '../../../demo/state/store';
import type { FinalTest, FinalTestQuery, Frame, ScenarioView } from '../../../demo/worker/api';

const OBJECTIVES = { objectives: Float64Array.of(5, 300), feasible: Uint8Array.of(1) };
const frameOf = (generation: number) =>
  ({
    generation,
    front: { ...OBJECTIVES, genes: Uint32Array.of(generation, 7) },
    profiles: [{ id: 'good', label: 'Good', school: 'rule-based', objectives: [20, 300], feasible: true }],
  }) as unknown as Frame;
const FIGURE = { mean: 1, low: 0.5, high: 2 };
const TEST: FinalTest = {
  replications: 12,
  evolved: FIGURE,
  rules: FIGURE,
  difference: FIGURE,
  timesLess: undefined,
};

describe('the test of a run at rest', () => {
  const asked: FinalTestQuery[] = [];
  const answers: ((test: FinalTest | undefined) => void)[] = [];
  const failures: unknown[] = [];
  let end = () => {};
  const begin = () => {
    store.scenario.value = {
      objectives: [
        { name: 'downtime', unit: 'min/year' },
        { name: 'cost', unit: '$/month' },
      ],
    } as unknown as ScenarioView;
    end = testAtRest(
      {
        finalTest: (query) => {
          asked.push(query);
          return new Promise((resolve) => answers.push(resolve));
        },
      },
      (error) => failures.push(error),
    );
  };
  const rests = (at: Frame) => {
    store.frame.value = at;
    store.busy.value = false;
  };
  const answer = async (test: FinalTest | undefined) => {
    answers.shift()!(test);
    await new Promise((resolve) => setTimeout(resolve));
  };
  afterEach(() => {
    end();
    expect(failures).toEqual([]);
    for (const list of [asked, answers]) list.length = 0;
    store.frame.value = undefined;
    store.tested.value = undefined;
    store.busy.value = false;
  });

  it('asks for what is recommended beside the best rules, once, and only at rest', async () => {
    begin();
    store.busy.value = true;
    store.frame.value = frameOf(1);
    expect(asked).toEqual([]);
    store.busy.value = false;
    expect(asked).toEqual([{ genes: Uint32Array.of(1, 7), rules: 'good', seed: 1 }]);
    await answer(TEST);
    expect(store.finalTest.value).toBe(TEST);
    store.settings.value = { ...store.settings.value, strength: 0.5 };
    store.busy.value = true;
    store.busy.value = false;
    expect(asked).toHaveLength(1);
  });

  it('drops a result that comes after the run has gone on', async () => {
    begin();
    rests(frameOf(1));
    store.busy.value = true;
    store.frame.value = frameOf(2);
    await answer(TEST);
    expect(store.tested.value).toBeUndefined();
    store.busy.value = false;
    expect(asked.map(({ genes }) => genes[0])).toEqual([1, 2]);
    await answer(TEST);
    expect(store.finalTest.value).toBe(TEST);
    store.frame.value = frameOf(3);
    expect(store.finalTest.value).toBeUndefined();
  });

  it('asks again where the run was told to go on, and rests where it was', async () => {
    begin();
    rests(frameOf(1));
    store.busy.value = true;
    await answer(undefined);
    expect(store.finalTest.value).toBeUndefined();
    store.busy.value = false;
    expect(asked).toHaveLength(2);
  });
});
