// A sweep from a script: node examples/sweep.mjs [folder] [rows]
import { folderSink, openEngine, readResult, sobolDesign, sweep } from 'tardigrade/node';
import { problem } from './problem.mjs';

const [out = 'out/swept', rows = '65536'] = process.argv.slice(2);

const engine = await openEngine();
const rastrigin = await problem(engine);
const design = sobolDesign(engine, rastrigin.space, { rows: Number(rows), seed: 1 });
await sweep(rastrigin, design, folderSink(out, { resume: true }), {
  onProgress: ({ done, rows }) => console.log(`${done} of ${rows} rows`),
});
engine.close();

let best = Number.POSITIVE_INFINITY;
const result = await readResult(out);
for await (const { data } of result.batches(['value']))
  for (const value of data[0]) best = Math.min(best, value);
console.log(`the best of ${result.rows} rows: ${best}`);
