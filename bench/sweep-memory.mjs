/**
 * Memory of a long sweep: `node bench/sweep-memory.mjs [rows] [folder]`. Ten million rows of twenty columns by default, some
 * 1.6 GB on the disk; prints the most memory that the process held on the way.
 */
import { load } from './load.mjs';

const [rows = '10000000', folder = 'out/sweep-memory'] = process.argv.slice(2);
const { sweepMemory } = await load('sweep-memory.ts');
await sweepMemory(Number(rows), folder);
