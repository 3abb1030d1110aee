// What matters in a problem of one's own: node examples/analyze.mjs [folder] [rows]
import { analyze, folderSink, openEngine, readResult, saltelliDesign, sweep } from 'tardigrade/node';
import { problem } from './problem.mjs';

const [out = 'out/sensitivity', rows = '69632'] = process.argv.slice(2);

const engine = await openEngine();
const rastrigin = await problem(engine);
const design = saltelliDesign(engine, rastrigin.space, { rows: Number(rows), seed: 1 });
await sweep(rastrigin, design, folderSink(out, { resume: true }));
engine.close();

const { columns, manifest, batches } = await readResult(out);
const { variables } = manifest;
const { outputs } = await analyze({ columns, variables, design: design.name, batches: batches() });
outputs[0].sobol.indices.forEach(({ first, total }, i) => {
  const [alone, all] = [first, total].map(({ estimate, low, high }) =>
    [estimate, low, high].map((share) => share.toFixed(3)),
  );
  console.log(`${variables[i].name}: ${alone[0]} alone (${alone[1]} to ${alone[2]}), ${all[0]} in all`);
});
