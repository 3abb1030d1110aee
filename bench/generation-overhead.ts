import { openEngine } from '../src/gpu';
import { evolveScenario } from '../src/system/study';
import type { Outcome } from './figure';
import { median } from './rounds';
import { exampleScenario } from './workload';

const POPULATION = 64;
const GENERATIONS = 2;

/** Milliseconds that this thread has spent inside compiled kernels since the process began, counted once installed. */
function kernelClock(): () => number {
  let insideMs = 0;
  const Original = WebAssembly.Instance;
  WebAssembly.Instance = class extends Original {
    override readonly exports: WebAssembly.Exports;

    constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
      super(module, imports);
      const { run, ...others } = super.exports;
      if (typeof run !== 'function') {
        this.exports = super.exports;
        return;
      }
      const timed = (...args: number[]) => {
        const startMs = performance.now();
        run(...args);
        insideMs += performance.now() - startMs;
      };
      this.exports = { ...others, run: timed };
    }
  };
  return () => insideMs;
}

/**
 * The share of a generation's wall time outside the kernels: variation, decoding, packing, measures, selection, readback. On
 * one thread, where kernels and the host never overlap.
 */
export async function generationOverhead(root: string): Promise<Outcome> {
  const inside = kernelClock();
  const engine = await openEngine({ engine: 'wasm', workers: 0 });
  const evolution = evolveScenario(engine, exampleScenario(root), {
    population: POPULATION,
    generations: GENERATIONS + 1,
  });
  const shares: number[] = [];
  const lengthsMs: number[] = [];
  let [startMs, insideMs] = [performance.now(), inside()];
  for await (const generation of evolution) {
    const [nowMs, nowInsideMs] = [performance.now(), inside()];
    // The first one also opens the simulator, builds its kernels and warms up.
    if (generation.index > 0) {
      lengthsMs.push(nowMs - startMs);
      shares.push(1 - (nowInsideMs - insideMs) / (nowMs - startMs));
    }
    [startMs, insideMs] = [nowMs, nowInsideMs];
    if (shares.length === GENERATIONS) break;
  }
  engine.close();
  return {
    figures: [
      {
        name: `generation of ${POPULATION}, time outside the kernels`,
        value: 100 * median(shares),
        unit: '%',
        goal: { atMost: 5 },
      },
      { name: `generation of ${POPULATION}, one core`, value: median(lengthsMs) / 1000, unit: 's' },
    ],
  };
}
