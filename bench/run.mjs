/**
 * Benchmarks, each against its goal: `npm run bench -- [NAME ...]`, where a NAME is a file of this folder, such as
 * `simulator-vs-cpp`. Exits with 1 only when two implementations disagree; a goal that is missed is printed as missed.
 */
import { load, root } from './load.mjs';

const { runBenchmarks } = await load('main.ts');
process.exit(await runBenchmarks(root, process.argv.slice(2)));
