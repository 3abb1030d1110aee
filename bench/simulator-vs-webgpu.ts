import { openEngine } from '../src/gpu';
import type { Outcome } from './figure';
import { interleaved, seconds } from './rounds';
import { softwareGpu } from './software-gpu';
import { bestPractice, difference, exampleScenario, simulate, total, workload } from './workload';

const ROUNDS = 1;
/** The control and each fault once: the software adapter takes some 20 s for them. */
const REPLICATIONS = 1;

/**
 * The simulator on our WebAssembly engine against Dawn on its software adapter, each on all cores of the machine:
 * completed calls a second. Their reports must be equal. The adapter's figure says nothing of a GPU's: it executes every
 * case of a switch at each step, with the lanes of the others masked (one busy lane of four takes as long as all four).
 */
export async function simulatorVsWebgpu(root: string): Promise<Outcome> {
  const gpu = await softwareGpu();
  if ('absence' in gpu) return { figures: [], skipped: gpu.absence };
  const scenario = exampleScenario(root);
  const work = await workload(scenario, [bestPractice(scenario)], REPLICATIONS);
  const wasm = await openEngine({ engine: 'wasm' });
  const dawn = await openEngine({ gpu: gpu.gpu });
  console.log(`  ${wasm.description} against ${dawn.description}`);
  const reports = await simulate(wasm, work);
  const unequal = difference(work, reports, await simulate(dawn, work));
  if (unequal) return { figures: [], disagreements: [`WebAssembly and Dawn, ${unequal}`] };
  const spent = await interleaved(
    {
      wasm: () => seconds(() => simulate(wasm, work)),
      dawn: () => seconds(() => simulate(dawn, work)),
    },
    ROUNDS,
  );
  wasm.close();
  dawn.close();
  const calls = total(reports, 'callsDone');
  return {
    figures: [
      { name: 'WebAssembly, all cores', value: calls / spent.wasm, unit: 'calls/s' },
      { name: 'Dawn, software adapter, all cores', value: calls / spent.dawn, unit: 'calls/s' },
      { name: 'WebAssembly / Dawn', value: spent.dawn / spent.wasm, unit: '', goal: { atLeast: 15 } },
    ],
  };
}
