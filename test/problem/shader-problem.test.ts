import { expect, it } from 'vitest';
import { describeOnEngines } from '../../src/gpu/testing/engines';
import { type EpisodeBlock, shaderProblem, zdt } from '../../src/problem';
import { defineSpace, encode, vector } from '../../src/space';
import { useEngine } from './engine';

const LINE = defineSpace(vector('x', 1, { type: 'float', min: 0, max: 8, scale: 'linear' }));

/** The genes of one candidate for each value. */
function lineGenes(...values: number[]): Uint32Array {
  return Uint32Array.from(values.flatMap((value) => [...encode(LINE, [value])]));
}

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

  it('averages replications on the host, the same ones for every candidate', async () => {
    const problem = await shaderProblem(engine(), {
      space: LINE,
      objectives: ['noisy', 'replication'],
      constraints: ['block'],
      noisy: true,
      wgsl: `fn evaluate(c: Candidate, e: Episode) -> Score {
        var s: Score;
        s.objectives[0] = c.x[0] + random_unit(e, 0u) - 0.5;
        s.objectives[1] = f32(e.replication);
        s.violations[0] = f32(e.block);
        return s;
      }`,
    });
    const block: EpisodeBlock = { index: 3, first: 30, count: 400, purpose: 'search' };
    const { objectives, violations, samples, variance } = await problem.evaluate(lineGenes(1, 2), block);
    expect([...samples]).toEqual([400, 400]);
    expect([...violations]).toEqual([3, 3]);
    expect([objectives[1], objectives[3]]).toEqual([229.5, 229.5]);
    // The variance of the mean of 30 ... 429, reckoned by hand: (400^2 - 1) / 12 * 400 / 399 / 400.
    expect(variance[1]).toBeCloseTo(33.4167, 3);
    // Uniform noise has variance 1/12.
    expect(Math.abs(variance[0] * 12 * 400 - 1)).toBeLessThan(4 * Math.sqrt(0.8 / 400));
    expect(Math.abs(objectives[0] - 1)).toBeLessThan(4 * Math.sqrt(1 / 12 / 400));
    expect(objectives[2] - objectives[0]).toBeCloseTo(1, 5);
    const other = await problem.evaluate(lineGenes(1), { ...block, purpose: 'test' });
    expect(other.objectives[0]).not.toBe(objectives[0]);
  });

  it('reads the data that it is given, of either type, and constants', async () => {
    for (const data of [Float32Array.of(0.5, 1.5), Uint32Array.of(7, 9)]) {
      const problem = await shaderProblem(engine(), {
        space: LINE,
        objectives: ['f'],
        data,
        constants: { scale: 10 },
        wgsl: `override scale: f32 = 1.0;
          fn evaluate(c: Candidate, e: Episode) -> Score {
            var s: Score;
            s.objectives[0] = scale * f32(data[u32(c.x[0])]);
            return s;
          }`,
      });
      const { objectives } = await problem.evaluate(lineGenes(0, 1), ONCE);
      expect([...objectives]).toEqual(Array.from(data, (value) => 10 * value));
    }
  });

  it('scores where the genes are what it scores from the host', async () => {
    const problem = await zdt(engine(), 1);
    const width = problem.space.variables.length;
    const count = 70;
    const genes = Uint32Array.from({ length: count * width }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 0);
    const buffer = engine().scratch('genes of a test', genes.byteLength);
    engine().write(buffer, genes);
    const { dispatches, reads, scores } = await problem.device!.prepare(buffer, count, ONCE);
    const there = scores(await engine().submit(dispatches, reads));
    expect(there).toEqual(await problem.evaluate(genes, ONCE));
    expect(there.objectives).toHaveLength(2 * count);
  });

  it('cuts a large batch into slices', async () => {
    const problem = await zdt(engine(), 1, { variables: 2 });
    const count = 40_000;
    const genes = Uint32Array.from({ length: 2 * count }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 0);
    const { objectives } = await problem.evaluate(genes, ONCE);
    const last = await problem.evaluate(genes.subarray(-2), ONCE);
    expect(objectives).toHaveLength(2 * count);
    expect([...objectives.subarray(-2)]).toEqual([...last.objectives]);
    expect(objectives.every((value) => value >= 0)).toBe(true);
  });

  it('keeps evaluations apart that overlap', async () => {
    const problem = await shaderProblem(engine(), {
      space: LINE,
      objectives: ['f'],
      wgsl: 'fn evaluate(c: Candidate, e: Episode) -> Score { return Score(array(c.x[0])); }',
    });
    const values = [1, 2, 3, 4, 5];
    const all = await Promise.all(values.map((value) => problem.evaluate(lineGenes(value), ONCE)));
    expect(all.map(({ objectives }) => objectives[0])).toEqual(values);
  });
});
