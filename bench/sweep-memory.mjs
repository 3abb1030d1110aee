/**
 * Memory of a long sweep: `node bench/sweep-memory.mjs [rows] [folder]`, after `npm run build`. Ten million rows of twenty columns
 * (row, 18 variables, value) by default, some 1.6 GB on the disk; prints the most memory that the process held on the way.
 */
import { rm } from 'node:fs/promises';
import {
  defineSpace,
  folderSink,
  openEngine,
  shaderProblem,
  sobolDesign,
  sweep,
  vector,
} from 'tardigrade/node';

const [rows = '10000000', folder = 'out/sweep-memory'] = process.argv.slice(2);
const variables = 18;
const mib = () => Math.round(process.resourceUsage().maxRSS / 1024);

await rm(folder, { recursive: true, force: true });
const engine = await openEngine();
const problem = await shaderProblem(engine, {
  space: defineSpace(vector('x', variables, { type: 'float', min: -1, max: 1, scale: 'linear' })),
  objectives: ['value'],
  wgsl: `fn evaluate(c: Candidate, e: Episode) -> Score {
    var sum = 0.0;
    for (var i = 0u; i < ${variables}u; i++) { sum += c.x[i] * c.x[i]; }
    return Score(array(sum));
  }`,
});
let nextTenth = 0;
const startMs = performance.now();
await sweep(problem, sobolDesign(engine, problem.space, { rows: Number(rows) }), folderSink(folder), {
  onProgress({ rows, done }) {
    if (done < nextTenth) return;
    nextTenth += rows / 10;
    console.log(`${done} rows: ${mib()} MiB at most so far`);
  },
});
console.log(`${rows} rows in ${((performance.now() - startMs) / 1000).toFixed(1)} s, ${mib()} MiB at most`);
engine.close();
