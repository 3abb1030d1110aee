import { MECHANISMS } from '../src/system/simulate/mechanisms';
import type { Outcome } from './figure';
import { bestPractice, exampleScenario, workload } from './workload';

/** The state of one episode with every mechanism that a policy may use. */
export async function stateSize(root: string): Promise<Outcome> {
  const scenario = exampleScenario(root);
  const work = await workload(scenario, [bestPractice(scenario)], 1, MECHANISMS);
  const { STATE_WORDS, RECORDS } = (await work.program(1)).constants;
  return {
    figures: [
      { name: 'state of an episode', value: (4 * STATE_WORDS) / 1024, unit: 'KiB', goal: { atMost: 32 } },
      { name: 'calls and attempts in flight that fit', value: RECORDS, unit: '' },
    ],
  };
}
