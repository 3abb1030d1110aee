import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonScript } from './script';
import type { Visit, VisitCall } from './visit';

const call = (operation: string): VisitCall => ({
  linkUs: 0,
  visit: { service: 's', pod: 'p', operation, startUs: 0, durationUs: 0, selfUs: 0, steps: [] },
});
/** A visit from its steps: `ab` calls a and b in parallel. */
const visit = (...steps: string[]): Visit => ({
  ...call('root').visit,
  steps: steps.map((step) => [...step].map(call)),
});
const script = (...visits: Visit[]) => commonScript(visits, ({ visit }) => visit.operation);

describe('the common script', () => {
  it('keeps order and parallelism, and folds repetitions', () => {
    expect(script(visit('a', 'cb', 'd', 'd', 'd'))).toEqual([
      { targets: ['a'], times: 1, probability: 1 },
      { targets: ['b', 'c'], times: 1, probability: 1 },
      { targets: ['d'], times: 3, probability: 1 },
    ]);
  });

  it('gives what only some did their share', () => {
    const often = visit('a', 'b', 'c');
    expect(script(often, often, often, visit('a', 'x', 'c', 'c'))).toEqual([
      { targets: ['a'], times: 1, probability: 1 },
      { targets: ['b'], times: 1, probability: 0.75 },
      { targets: ['x'], times: 1, probability: 0.25 },
      { targets: ['c'], times: 1, probability: 1 },
      { targets: ['c'], times: 1, probability: 0.25 },
    ]);
  });

  it('makes as many calls of each kind as were seen, on average', () => {
    const steps = fc.array(fc.constantFrom('a', 'b', 'c', 'ab'), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(steps, { minLength: 1, maxLength: 6 }), (all) => {
        const found = script(...all.map((keys) => visit(...keys)));
        for (const target of 'abc') {
          const seen = all.flat().filter((key) => key.includes(target)).length / all.length;
          const expected = found
            .filter(({ targets }) => targets.includes(target))
            .reduce((sum, { times, probability }) => sum + times * probability, 0);
          expect(expected).toBeCloseTo(seen, 9);
        }
      }),
    );
  });
});
