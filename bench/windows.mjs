/**
 * Are the example's windows long enough? `node bench/windows.mjs [replications=20]` doubles onset and steady windows and
 * prints each fault's downtime with both; a figure whose intervals do not meet is marked. A minute on two idle cores.
 */
import { load } from './load.mjs';

const [replications = '20'] = process.argv.slice(2);
const { compareWindows } = await load('windows.ts');
await compareWindows(Number(replications));
