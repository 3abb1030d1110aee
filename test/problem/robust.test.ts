import { expect, it } from 'vitest';
import { KernelTimeoutError, openEngine } from '../../src/gpu';
import { describeOnEngines } from '../../src/gpu/testing/engines';
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
