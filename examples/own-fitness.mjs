// Your own fitness in WGSL: Rastrigin's function in ten dimensions, with a GPU or none. node examples/own-fitness.mjs
import { cmaes, decode, defineSpace, minimize, openEngine, shaderProblem, vector } from 'tardigrade/node';

const wgsl = `fn evaluate(c: Candidate, e: Episode) -> Score {
  var sum = 0.0;
  for (var i = 0u; i < 10u; i++) {
    sum += c.x[i] * c.x[i] + 10.0 - 10.0 * cos(6.2831853 * c.x[i]);
  }
  return Score(array(sum));
}`;
const engine = await openEngine();
const space = defineSpace(vector('x', 10, { type: 'float', min: -5.12, max: 5.12, scale: 'linear' }));
const problem = await shaderProblem(engine, { space, objectives: ['f'], wgsl });
const run = await minimize(problem, cmaes({ restarts: 'ipop' }), { engine, target: 0.01, evaluations: 2e5 });
console.log(
  `f = ${run.front.objectives[0]} after ${run.evaluations} evaluations, engine: ${engine.description}`,
);
console.log(decode(space, run.front.genes, 0).join(' '));
engine.close();
