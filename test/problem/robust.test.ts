import { expect, it } from 'vitest';
import { KernelTimeoutError, openEngine, ShaderError } from '../../src/gpu';
import { describeOnEngines } from '../../src/gpu/testing/engines';
import { observe } from '../../src/gpu/testing/observe';
import { type EpisodeBlock, shaderProblem } from '../../src/problem';
import { defineSpace, encode, vector } from '../../src/space';
import { createWasmGpu } from '../../src/wasm-gpu';
import { useEngine } from './engine';

const ONCE: EpisodeBlock = { index: 0, first: 0, count: 1, purpose: 'search' };
const LINE = defineSpace(vector('x', 1, { type: 'float', min: 0, max: 8, scale: 'linear' }));

/** The genes of one candidate for each value. */
function candidates(...values: number[]): Uint32Array {
  return Uint32Array.from(values.flatMap((value) => [...encode(LINE, [value])]));
}

/** Halves x for ever where it is above four. */
const MAY_NOT_END = `fn evaluate(c: Candidate, e: Episode) -> Score {
  var s: Score;
  var turns = 0u;
  while (c.x[0] > 4.0 || turns < 10u) {
    turns++;
    s.objectives[0] = c.x[0] * f32(turns);
  }
  return s;
}`;

for (const workers of [0, 2]) {
  it(`a kernel that never ends is stopped, and the engine goes on: ${workers} workers`, async () => {
    const engine = await openEngine({ gpu: createWasmGpu({ workers }) });
    const notices: string[] = [];
    engine.onNotice((notice) => notices.push(notice));
    const problem = await shaderProblem(engine, {
      name: 'halving',
      space: LINE,
      objectives: ['f'],
      wgsl: MAY_NOT_END,
      timeLimitMs: 300,
    });
    // The second time it is known to be quick, and runs on the calling thread.
    for (let round = 0; round < 3; round++) {
      expect([...(await problem.evaluate(candidates(1, 2), ONCE)).objectives]).toEqual([10, 20]);
    }
    const endless = problem.evaluate(candidates(1, 8), ONCE);
    await expect(endless).rejects.toThrow(KernelTimeoutError);
    await expect(endless).rejects.toThrow(/halving.*300 ms/);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(/another was opened\.$/);
    expect((await problem.evaluate(candidates(3), ONCE)).objectives[0]).toBe(30);
    engine.close();
  });
}

describeOnEngines('a fitness in WGSL', (under) => {
  const engine = useEngine(under);
  const open = (wgsl: string, more: object = {}) =>
    shaderProblem(engine(), { name: 'mine', space: LINE, objectives: ['f'], wgsl, ...more });

  it('that does not compile is told with the line and column of its own text', async () => {
    const wgsl = `fn evaluate(c: Candidate, e: Episode) -> Score {
  var s: Score;
  s.objectives[0] = c.y;
  return s;
}`;
    const error = await open(wgsl).catch((reason) => reason);
    expect(error).toBeInstanceOf(ShaderError);
    expect(error.diagnostics[0]).toMatchObject({ line: 3 });
    // The compilers differ in whether they point at the value or at its member.
    expect([21, 23]).toContain(error.diagnostics[0].column);
    expect(error.message).toContain('mine:3:2');
    expect(error.message).toContain('  s.objectives[0] = c.y;');
  });

  it('whose mistake is in a module is told with the line of that module', async () => {
    const main = `import package::noise::ripple;
fn evaluate(c: Candidate, e: Episode) -> Score {
  var s: Score;
  s.objectives[0] = ripple(c.x[0]);
  return s;
}`;
    const good = '// A ripple.\nfn ripple(x: f32) -> f32 {\n  return x * x;\n}';
    const problem = await open(main, { modules: { './noise.wesl': good } });
    expect((await problem.evaluate(candidates(3), ONCE)).objectives[0]).toBe(9);
    const bad = good.replace('x * x', 'x * y');
    const error = await open(main, { modules: { './noise.wesl': bad } }).catch((reason) => reason);
    expect(error).toBeInstanceOf(ShaderError);
    expect(error.message).toMatch(/^mine .*noise\.wesl:3:14: /);
    const wrong = await open(main.replace('c.x[0]', 'c.z'), { modules: { './noise.wesl': good } }).catch(
      (e) => e,
    );
    expect(wrong.diagnostics[0].line).toBe(4);
    expect([28, 30]).toContain(wrong.diagnostics[0].column);
    expect(wrong.message).toMatch(/^mine:4:/);
  });

  it('without `evaluate`, or with another signature, is told what it must define', async () => {
    const other = 'fn evaluate(c: Candidate) -> f32 { return 1.0; }';
    for (const wgsl of ['fn fitness() -> f32 { return 1.0; }', other, '']) {
      await expect(open(wgsl)).rejects.toThrow(
        /mine: the text must define `fn evaluate\(c: Candidate, e: Episode\) -> Score`/,
      );
    }
  });

  it('that yields NaN or infinity makes candidates infeasible, and they are counted', async () => {
    const problem = await open(`fn evaluate(c: Candidate, e: Episode) -> Score {
      let values = array<u32, 5>(0x3f800000u, 0x7fc00000u, 0x7f800000u, 0xff800000u, 0x7f800001u);
      var s: Score;
      s.objectives[0] = bitcast<f32>(values[u32(c.x[0])]);
      return s;
    }`);
    const { objectives, notFinite } = await problem.evaluate(candidates(0, 1, 2, 3, 4), ONCE);
    expect([...objectives]).toEqual([1, NaN, NaN, NaN, NaN]);
    expect(notFinite).toBe(4);
  });

  it('goes on where its device is lost', async () => {
    const observed = observe(await under.gpu());
    const fragile = await openEngine({ gpu: observed.gpu });
    const problem = await shaderProblem(fragile, {
      space: LINE,
      objectives: ['f'],
      wgsl: 'fn evaluate(c: Candidate, e: Episode) -> Score { return Score(array<f32, 1>(c.x[0])); }',
    });
    const evaluating = problem.evaluate(candidates(1, 2, 3), ONCE);
    observed.device().destroy();
    expect([...(await evaluating).objectives]).toEqual([1, 2, 3]);
    expect(observed.counts.devices).toBe(2);
    fragile.close();
  });
});
