import { geneOfLevel, levelsOf } from '../../space';
import { sizedProfiles } from '../policy';
import type { Policy, Scenario } from '../scenario';
import { type EpisodeRunner, mapPolicies } from './episodes';
import type { ScenarioProblem } from './problem';

/**
 * Shows the simulator every mechanism that the search may ever turn on, before anything is counted.
 *
 * Its program, and with it the room left for calls in flight, grows with the mechanisms it has met. Met here, all of
 * them, the room is the same in every generation and for a run that was resumed.
 */
export async function warmUp(
  runner: EpisodeRunner,
  scenario: Scenario,
  problem: ScenarioProblem,
  signal?: AbortSignal,
): Promise<void> {
  const policies = [
    ...sizedProfiles(scenario).map(({ policy }) => policy),
    scenario.policy,
    ...extremes(problem),
  ];
  await mapPolicies(runner, scenario, policies, [{ fault: -1, replication: 0 }], () => undefined, signal);
}

/** Policies in which every level of every choice occurs, and every other variable at both ends. */
function extremes({ space, policyOf }: ScenarioProblem): Policy[] {
  const counts = space.variables.map((variable) =>
    variable.type === 'category' || variable.type === 'switch' ? levelsOf(variable).count : 2,
  );
  return Array.from({ length: Math.max(...counts) }, (_, i) => {
    // From the top down, so that every switch is on together with the greatest value behind it.
    const genes = Uint32Array.from(space.variables, (variable, v) => {
      const { count } = levelsOf(variable);
      const fromTop = i % counts[v];
      const choice = variable.type === 'category' || variable.type === 'switch';
      return geneOfLevel(choice ? count - 1 - fromTop : fromTop === 0 ? count - 1 : 0, count);
    });
    return policyOf(genes, 0, `extreme ${i}`);
  });
}
