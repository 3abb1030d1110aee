import { expect, it } from 'vitest';
import { describeOnEngines } from '../../src/gpu/testing/engines';
import { type EpisodeBlock, shaderProblem } from '../../src/problem';
import { defineSpace, encode, vector } from '../../src/space';
import { useEngine } from './engine';

const ONCE: EpisodeBlock = { index: 0, first: 0, count: 1, purpose: 'search' };

describeOnEngines('shaderProblem', (under) => {
  const engine = useEngine(under);

  it('scores candidates by their variables’ names', async () => {
    const space = defineSpace([
      { name: 'timeout', type: 'float', min: 0, max: 10, scale: 'linear' },
      { name: 'replicas', type: 'integer', min: -3, max: 9, scale: 'linear' },
      { name: 'size', type: 'ordered', values: [0.5, 2, 64] },
      { name: 'balancer', type: 'category', values: ['random', 'least', 'hash'] },
      { name: 'hedge', type: 'switch' },
      ...vector('x', 3, { type: 'float', min: -5, max: 5, scale: 'linear', grid: 'binary' }),
    ]);
    const problem = await shaderProblem(engine(), {
      space,
      objectives: ['a', 'b'],
      constraints: ['c'],
      wgsl: `fn evaluate(c: Candidate, e: Episode) -> Score {
        var s: Score;
        s.objectives[0] = c.timeout + f32(c.replicas) * 100;
        s.objectives[1] = c.size + f32(c.balancer) * 1000 + select(0.0, 1e5, c.hedge);
        s.violations[0] = c.x[0] + 10 * c.x[1] + 100 * c.x[2];
        return s;
      }`,
    });
    const genes = Uint32Array.of(
      ...encode(space, [2.5, -3, 64, 2, 1, 0, 1.25, -5]),
      ...encode(space, [10, 9, 0.5, 0, 0, -5, 0, 2.5]),
    );
    const scores = await problem.evaluate(genes, ONCE);
    expect([...scores.objectives]).toEqual([-297.5, 102064, 910, 0.5]);
    expect([...scores.violations]).toEqual([-487.5, 245]);
    expect([...scores.samples]).toEqual([1, 1]);
    expect([...scores.variance]).toEqual([0, 0, 0, 0]);
  });
});
