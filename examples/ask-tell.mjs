// The search asks, you evaluate wherever you like, and tell: here two objectives, reckoned in JavaScript. node examples/ask-tell.mjs
import { decode, defineSpace, functionProblem, nsga2, Optimizer, openEngine } from 'tardigrade/node';

const engine = await openEngine();
const space = defineSpace([
  { name: 'width', type: 'float', min: 0, max: 4, scale: 'linear' },
  { name: 'layers', type: 'integer', min: 1, max: 8, scale: 'linear' },
  { name: 'material', type: 'category', values: ['paper', 'steel'] },
]);
// Weight and weakness. The function is called by `problem.evaluate` alone, which stands here for a service elsewhere.
const problem = functionProblem({
  space,
  objectives: ['weight', 'weakness'],
  constraints: ['too thin'],
  evaluate: ({ width, layers, material }) => ({
    objectives: [
      width * layers * (material === 'steel' ? 8 : 1),
      1 / (layers + (material === 'steel' ? 4 : 0)),
    ],
    violations: [0.5 - width],
  }),
});

const optimizer = new Optimizer(problem, nsga2(), { engine, population: 40, seed: 1 });
for (let generation = 0; generation < 20; generation++) {
  const { genes, episodes } = await optimizer.ask();
  optimizer.tell(await problem.evaluate(genes, episodes));
}
const { archive } = optimizer.state;
for (let i = 0; i < archive.count; i++) {
  const [weight, weakness] = archive.objectives.subarray(2 * i);
  console.log(decode(space, archive.genes, i).join(' '), '->', weight.toFixed(2), weakness.toFixed(3));
}
engine.close();
