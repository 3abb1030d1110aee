import { rm } from 'node:fs/promises';
import { openEngine } from '../src/gpu';
import { shaderProblem } from '../src/problem';
import { defineSpace, vector } from '../src/space';
import { sobolDesign, sweep } from '../src/sweep';
import { folderSink } from '../src/sweep/node';

const VARIABLES = 18;

const SPHERE = `
fn evaluate(c: Candidate, e: Episode) -> Score {
  var sum = 0.0;
  for (var i = 0u; i < ${VARIABLES}u; i++) {
    sum += c.x[i] * c.x[i];
  }
  return Score(array(sum));
}`;

/** The most memory that this process ever held, in MiB. */
const peakMiB = () => Math.round(process.resourceUsage().maxRSS / 1024);

/** Sweeps so many rows of twenty columns (row, 18 variables, value) into a folder, and tells the memory on the way. */
export async function sweepMemory(rows: number, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const engine = await openEngine();
  const space = defineSpace(vector('x', VARIABLES, { type: 'float', min: -1, max: 1, scale: 'linear' }));
  const problem = await shaderProblem(engine, { space, objectives: ['value'], wgsl: SPHERE });
  let nextTenth = 0;
  const startMs = performance.now();
  await sweep(problem, sobolDesign(engine, space, { rows }), folderSink(folder), {
    onProgress({ done }) {
      if (done < nextTenth) return;
      nextTenth += rows / 10;
      console.log(`${done} rows: ${peakMiB()} MiB at most so far`);
    },
  });
  const seconds = (performance.now() - startMs) / 1000;
  console.log(`${rows} rows in ${seconds.toFixed(1)} s, ${peakMiB()} MiB at most`);
  engine.close();
}
