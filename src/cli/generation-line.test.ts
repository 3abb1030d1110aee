import { describe, expect, it } from 'vitest';
import { type EvolveGeneration, loadScenario } from '../system';
import { SHOP_YAML } from '../system/testing/shop';
import { clock, GenerationTeller } from './generation-line';

const START = { ms: 0, generations: 0, evaluations: 0, timeLimitMs: undefined };
const scenario = loadScenario(SHOP_YAML, 'shop.yaml');

function generation(index: number, change: Partial<EvolveGeneration> = {}): EvolveGeneration {
  return {
    index,
    generations: 10,
    evaluations: 100 * (index + 1),
    simulatedCalls: 1_000_000 * (index + 1),
    best: [214.4, 0.1, 80],
    ...change,
  } as EvolveGeneration;
}

describe('the line of a generation', () => {
  it('tells speed since the last one, the best of the first objective and the time left', () => {
    const teller = new GenerationTeller(scenario, START);
    teller.line(generation(0), 1000);
    expect(teller.line(generation(1), 3000)).toBe(
      // 100 evaluations of evolution and 100 of random search in two seconds; eight generations to go.
      'generation 2/10 · 100 evaluations/s · 0.50 M calls/s · best 214 min/year · 0:12 left',
    );
  });

  it('counts only what a resumed run did itself', () => {
    const teller = new GenerationTeller(scenario, { ...START, generations: 7, evaluations: 700 });
    const first = teller.line(generation(7, { simulatedCalls: 1_000_000 }), 1000);
    expect(first).toBe(
      'generation 8/10 · 200 evaluations/s · 1.00 M calls/s · best 214 min/year · 0:02 left',
    );
  });

  it('takes the nearer of two limits, and none where there is none', () => {
    expect(new GenerationTeller(scenario, { ...START, timeLimitMs: 5000 }).line(generation(0), 1000)).toMatch(
      /0:04 left$/,
    );
    const endless = new GenerationTeller(scenario, START).line(
      generation(0, { generations: undefined }),
      1000,
    );
    expect(endless).toBe('generation 1 · 200 evaluations/s · 1.00 M calls/s · best 214 min/year');
  });

  it('says where nothing is feasible yet', () => {
    const line = new GenerationTeller(scenario, START).line(generation(0, { best: [Number.NaN] }), 1000);
    expect(line).toContain('best none feasible yet');
  });
});

it('writes minutes and seconds', () => {
  expect([0, 59_400, 61_000, 3_600_000].map(clock)).toEqual(['0:00', '0:59', '1:01', '60:00']);
});
