// A problem of one's own, for `tardigrade sweep examples/problem.mjs`: the Rastrigin function of 32 variables, in WGSL.
import { defineSpace, shaderProblem, vector } from 'tardigrade';

export const problem = (engine) =>
  shaderProblem(engine, {
    name: 'rastrigin',
    space: defineSpace(vector('x', 32, { type: 'float', min: -5.12, max: 5.12, scale: 'linear' })),
    objectives: ['value'],
    wgsl: `
      fn evaluate(c: Candidate, e: Episode) -> Score {
        var sum = 320.0;
        for (var i = 0u; i < 32u; i++) {
          sum += c.x[i] * c.x[i] - 10.0 * cos(6.2831853 * c.x[i]);
        }
        return Score(array(sum));
      }`,
  });
