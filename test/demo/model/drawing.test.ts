import { describe, expect, it } from 'vitest';
import { formatMs, formatNumber, formatObjective } from '../../../demo/model/format';
import { headlineOf } from '../../../demo/model/headline';
import { bestRules, recommend } from '../../../demo/model/recommend';
import { linearScale, logScale } from '../../../demo/model/scale';
import { scatterOf } from '../../../demo/model/scatter';
import type { FinalTest, Frame, ObjectiveView, Points, ProfilePoint } from '../../../demo/worker/api';

const OBJECTIVES: readonly ObjectiveView[] = [
  { name: 'downtime', unit: 'min/year' },
  { name: 'slow-share', unit: 'share' },
  { name: 'cost', unit: '$/month' },
];

const points = (...rows: number[][]): Points => ({
  objectives: Float64Array.from(rows.flat()),
  feasible: new Uint8Array(rows.length).fill(1),
});

const profile = (id: string, objectives: number[], feasible = true, school = 'rule-based'): ProfilePoint =>
  ({ id, label: id, school, objectives, feasible }) as ProfilePoint;

function frame(front: number[][], profiles: ProfilePoint[], candidates: number[][] = front): Frame {
  return {
    generation: 3,
    evaluations: 12,
    evaluationsPerS: 1,
    callsPerS: 1,
    candidates: points(...candidates),
    front: { ...points(...front), genes: new Uint32Array(front.length * 2) },
    random: points(),
    profiles,
    hypervolume: 0.5,
    randomHypervolume: 0.25,
    digest: undefined,
    applied: [],
  };
}

describe('the recommended member', () => {
  const rules = [
    profile('cheap', [90, 0.5, 100]),
    profile('good', [20, 0.2, 300]),
    profile('forbidden', [1, 0, 100], false),
  ];

  it('the best rules are the feasible ones with the least downtime; without any, the best of all', () => {
    expect(bestRules(rules)?.id).toBe('good');
    expect(bestRules([rules[2]])?.id).toBe('forbidden');
    expect(bestRules([profile('statistics', [0, 0, 0], true, 'statistics-based')])).toBeUndefined();
  });

  it('has the least downtime among those that cost no more than the best rules', () => {
    const front = [
      [1, 0.1, 500],
      [5, 0.1, 300],
      [8, 0.1, 200],
    ];
    expect(recommend(frame(front, rules), OBJECTIVES)).toEqual({ index: 1, objectives: front[1] });
  });

  it('has the least downtime of all where none is as cheap', () => {
    expect(recommend(frame([[1, 0.1, 500]], rules), OBJECTIVES)?.index).toBe(0);
    expect(recommend(frame([], rules), OBJECTIVES)).toBeUndefined();
  });

  it('is told beside the rules; on the episodes of the search nothing is said of by how much it is better', () => {
    expect(headlineOf(frame([[5, 0.1, 300]], rules), OBJECTIVES)).toEqual({
      opening: 'Downtime so far, on the search’s own episodes',
      evolved: { value: '5 min a year', interval: undefined, cost: '$300 a month' },
      rules: { value: '20 min a year', interval: undefined, cost: '$300 a month' },
      rulesLabel: 'good',
      verdict: undefined,
    });
    expect(headlineOf(frame([], rules), OBJECTIVES)).toBeUndefined();
  });

  const test: FinalTest = {
    replications: 12,
    evolved: { mean: 6, low: 4, high: 9 },
    rules: { mean: 21, low: 15, high: 30 },
    difference: { mean: -15, low: -20, high: -10 },
    timesLess: 2.49,
  };
  const tested = (changes: Partial<FinalTest>) =>
    headlineOf(frame([[5, 0.1, 300]], rules), OBJECTIVES, { ...test, ...changes });

  it('once tested is told with intervals, in place of what the search saw', () => {
    expect(tested({})).toEqual({
      opening: 'Downtime on fresh test episodes, 12 of each fault',
      evolved: { value: '6 min a year', interval: '4 to 9', cost: '$300 a month' },
      rules: { value: '21 min a year', interval: '15 to 30', cost: '$300 a month' },
      rulesLabel: 'good',
      verdict: 'At least 2.4 times less.',
    });
  });

  it.each([
    ['That is less, beyond chance.', -10, -1, 1.05],
    ['That is less, beyond chance.', -10, -1, undefined],
    ['Too close to tell apart.', -10, 0, undefined],
    ['That is more: evolution has not won yet.', 1, 10, undefined],
  ])('%s', (verdict, low, high, timesLess) => {
    expect(tested({ difference: { mean: (low + high) / 2, low, high }, timesLess })?.verdict).toBe(verdict);
  });
});

describe('scales', () => {
  it('a linear one has round ticks inside its range', () => {
    const { ticks, at } = linearScale(3, 47, 0, 100);
    expect(ticks).toEqual([10, 20, 30, 40]);
    expect([at(3), at(25), at(47)]).toEqual([0, 50, 100]);
  });

  it('a logarithmic one has ticks at powers of ten', () => {
    const { ticks, at } = logScale(0.5, 2000, 100, 0);
    expect(ticks).toEqual([1, 10, 100, 1000]);
    expect(at(10) - at(100)).toBeCloseTo(at(100) - at(1000));
  });

  it.each([linearScale(0, 10, 0, 100), logScale(1, 10, 0, 100)])(
    'what is beyond the range is drawn at its end',
    ({ at }) => {
      expect([at(-1), at(0), at(1e9), at(Number.POSITIVE_INFINITY)]).toEqual([0, 0, 100, 100]);
    },
  );

  it('a range of one value is no division by zero', () => {
    expect(linearScale(5, 5, 0, 100).at(5)).toBe(0);
    expect(Number.isFinite(logScale(5, 5, 0, 100).at(5))).toBe(true);
  });
});

describe('the scatter', () => {
  const box = { left: 0, right: 100, top: 0, bottom: 100 };
  const front = [
    [1, 0.1, 300],
    [10, 0.1, 200],
    [100, 0.9, 100],
  ];

  it('draws cost to the right, downtime upwards, the third objective by colour', () => {
    const view = scatterOf(
      frame(front, [profile('rule', [50, 0.5, 200])]),
      OBJECTIVES,
      [null, null, 250],
      box,
    );
    expect(view.axes).toEqual({ x: 2, y: 0, colour: 1 });
    const members = view.points.filter(({ kind }) => kind === 'front');
    // From left to right, whatever their order in the front.
    expect(members.map(({ index }) => index)).toEqual([2, 1, 0]);
    expect(members[0].y).toBeLessThan(members[1].y);
    expect(members.map(({ shade }) => shade)).toEqual([1, 0, 0]);
    expect(view.points.find(({ label }) => label === 'rule')).toMatchObject({
      kind: 'rule-based',
      x: members[1].x,
    });
    expect(view.xBound).toBeGreaterThan(members[1].x);
    expect(view.yBound).toBeUndefined();
  });

  it('the staircase goes down to the right, past what is no step', () => {
    const view = scatterOf(frame([...front, [20, 0, 250]], []), OBJECTIVES, [], box);
    expect(view.staircase.match(/[HM]/g)).toEqual(['M', 'H', 'H']);
  });

  it('values that are no numbers, or none, leave every coordinate finite', () => {
    const odd = frame(
      [[Number.POSITIVE_INFINITY, 0, 100]],
      [profile('rule', [0, 0, 0])],
      [[Number.NaN, Number.NaN, 1]],
    );
    for (const one of [odd, frame([], [])]) {
      const { xScale, yScale, points: drawn } = scatterOf(one, OBJECTIVES, [], box);
      expect([xScale.at(1), yScale.at(1)].every(Number.isFinite)).toBe(true);
      for (const { x, y } of drawn) expect([x, y].every(Number.isFinite)).toBe(true);
    }
  });

  it('two objectives have no colour, and one is drawn against itself', () => {
    const two = frame([[1, 2]], []);
    expect(scatterOf(two, OBJECTIVES.slice(0, 2), [], box).points.at(-1)!.shade).toBeUndefined();
    expect(scatterOf(frame([[1]], []), OBJECTIVES.slice(0, 1), [], box).axes).toEqual({
      x: 0,
      y: 0,
      colour: -1,
    });
  });
});

describe('numbers', () => {
  it.each([
    [0.30612, '0.306'],
    [9.5, '9.5'],
    [55.21, '55.2'],
    [1234.5, '1,235'],
  ])('%d is %s', (value, text) => expect(formatNumber(value)).toBe(text));

  it('have the unit of their objective', () => {
    expect(formatObjective(0.356, 'share')).toBe('35.6 %');
    expect(formatObjective(310, '$/month')).toBe('$310 a month');
    expect(formatObjective(12.4, 'per request')).toBe('12.4 per request');
    expect([formatMs(250), formatMs(2500)]).toEqual(['250 ms', '2.5 s']);
  });
});
