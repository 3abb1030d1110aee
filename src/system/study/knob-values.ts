import { knobName, lookUp, writeValue } from '../policy';
import type { Policy, Scenario } from '../scenario';

/** What a policy sets each knob to: `field`, or `scope: field`, to the value as people write it. */
export function knobValues(scenario: Scenario, policy: Policy): Record<string, string | number | boolean> {
  return Object.fromEntries(
    scenario.knobs.map((knob) => {
      const { field, scope } = knob;
      return [knobName(scenario, knob), writeValue(field, lookUp(scenario, policy, field, scope))];
    }),
  );
}
