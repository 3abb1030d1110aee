import { expect, it } from 'vitest';
import { Executor, type Job } from './executor';
import { DeviceMemory } from './memory';
import type { WorkerPool } from './worker-pool';

/** Passes the time that a dispatch on workers takes; no time is asserted on. */
function pass(milliseconds: number): void {
  const startMs = performance.now();
  while (performance.now() - startMs < milliseconds);
}

/** Where dispatches of a kernel run whose work takes so long, one of so many workgroups after the other. */
async function placesOf(workMs: number, sizes: readonly number[]): Promise<('inline' | 'workers')[]> {
  const roundTripMs = 0.3;
  const pool = { workers: 2, started: Promise.resolve(), run: async () => pass(roundTripMs + workMs / 2) };
  const executor = new Executor(new DeviceMemory(true, 2 ** 20), pool as unknown as WorkerPool);
  const kernel = { info: { scratchBytes: 0 }, paramsBytes: 16, run: () => workMs };
  const places: ('inline' | 'workers')[] = [];
  for (const size of sizes) {
    executor.startTurn();
    const running = executor.run({ kernel, workgroups: [size, 1, 1], ranges: [] } as unknown as Job);
    places.push(running ? 'workers' : 'inline');
    await running;
  }
  return places;
}

it('a short dispatch stays with the workers only until they have been timed', async () => {
  const places = await placesOf(0, Array(20).fill(2));
  expect(places[0]).toBe('workers');
  expect(places.at(-1)).toBe('inline');
});

it('a long one stays with them', async () => {
  expect(await placesOf(5, Array(5).fill(2))).toEqual(Array(5).fill('workers'));
});

it('a large one goes to them, however short a small one was', async () => {
  expect(await placesOf(0, [2, 2000])).toEqual(['workers', 'workers']);
});

it('one that workers would have to share for longer than they save stays here', async () => {
  expect((await placesOf(0.5, Array(30).fill(2))).slice(-5)).toEqual(Array(5).fill('inline'));
});
