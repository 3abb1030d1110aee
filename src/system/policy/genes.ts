import { decode, defineSpace, encode, levelsOf, type Space, type Variable } from '../../space';
import type { Knob, Policy, Scenario } from '../scenario/types';
import { type Field, type FieldName, POLICY_FIELDS } from './fields';
import { lookUp, reaches, scopeName, withValues } from './lookup';
import { writeValue } from './values';

/** A range this much wider than its lower end is searched by ratios, not by differences. */
const LOG_RATIO = 20;

/** What one knob adds to the search space: its value, and a switch before it where 'off' is a choice of its own. */
interface Encoding {
  readonly knob: Knob;
  readonly value: Variable;
  readonly onOff?: Variable;
}

/** The search space of a scenario's knobs, and both ways between genes and policies. */
export interface PolicySpace {
  readonly space: Space;
  /** Whether a variable sets replicas, and so what a policy costs: [variable]. */
  readonly isSize: readonly boolean[];
  /**
   * The policy of one candidate: what runs today, with every knob at the genes' value. Where a knob turns a field for
   * the whole mesh or a service, today's exceptions to it are gone: they would hold the knob fast.
   */
  policyOf(genes: Uint32Array, candidate: number, name: string): Policy;
  /** The genes whose policy is nearest to this one, as far as the knobs reach. */
  genesOf(policy: Policy): Uint32Array;
}

/** Throws RangeError where the scenario has no knobs. */
export function policySpace(scenario: Scenario): PolicySpace {
  if (scenario.knobs.length === 0) throw new RangeError('the scenario has no knobs to turn');
  const encodings = scenario.knobs.map((knob) => encodingOf(scenario, knob));
  const base = withoutOverruled(scenario);
  const space = defineSpace(encodings.flatMap(({ value, onOff }) => (onOff ? [onOff, value] : [value])));
  return {
    space,
    isSize: encodings.flatMap(({ knob: { field }, onOff }) =>
      Array(onOff ? 2 : 1).fill(field === 'replicas'),
    ),
    policyOf(genes, candidate, name) {
      const decoded = decode(space, genes, candidate);
      let next = 0;
      const values = encodings.map(({ knob, onOff }) => {
        const off = onOff !== undefined && decoded[next++] === 0;
        const raw = decoded[next++];
        const { field, scope } = knob;
        return { scope, field, value: off ? 0 : isChoice(field) ? knob.values![raw] : raw };
      });
      return withValues(base, name, values);
    },
    genesOf(policy) {
      const values = encodings.flatMap(({ knob, value, onOff }) => {
        const wanted = lookUp(scenario, policy, knob.field, knob.scope);
        const nearest = nearestValue(knob, value, wanted);
        return onOff ? [wanted === 0 ? 0 : 1, nearest] : [nearest];
      });
      return encode(space, values);
    },
  };
}

function withoutOverruled(scenario: Scenario): Policy {
  const { policy, knobs } = scenario;
  const overruled = ({ field, scope }: Policy['values'][number]) =>
    knobs.some((knob) => knob.field === field && reaches(scenario, knob.scope, scope));
  return { ...policy, values: policy.values.filter((value) => !overruled(value)) };
}

function isChoice(field: FieldName): boolean {
  const { unit } = POLICY_FIELDS[field];
  return unit === 'choice' || unit === 'switch';
}

/** What a knob is called in tables and results: its field, after its scope where that is not the whole mesh. */
export function knobName(scenario: Scenario, { field, scope }: Knob): string {
  const place = scopeName(scenario, scope);
  return place === 'mesh' ? field : `${place}: ${field}`;
}

function encodingOf(scenario: Scenario, knob: Knob): Encoding {
  const name = knobName(scenario, knob);
  const onOff: Variable | undefined = knob.allowOff ? { name: `${name} on`, type: 'switch' } : undefined;
  return { knob, value: { name, ...shapeOf(knob) } as Variable, onOff };
}

function shapeOf({ field, min, max, values }: Knob) {
  if (values && isChoice(field))
    return { type: 'category', values: values.map((value) => String(writeValue(field, value))) } as const;
  if (values) return { type: 'ordered', values } as const;
  const log = min > 0 && max / min >= LOG_RATIO;
  return { type: 'integer', min, max, scale: log ? 'log' : 'linear' } as const;
}

/** Fields of which "off" is the least there can be; of the others (limits, thresholds, delays) it is beyond the most. */
const OFF_IS_LEAST: ReadonlySet<FieldName> = new Set(['retries', 'panicThreshold']);

/** The variable's value nearest to a field value: a category's index, or the closest value in range. */
function nearestValue({ field, min, max, values }: Knob, variable: Variable, wanted: number): number {
  const { zeroIsOff }: Field = POLICY_FIELDS[field];
  if (values && isChoice(field)) return Math.max(0, values.indexOf(wanted));
  if (wanted === 0 && zeroIsOff && min > 0) return OFF_IS_LEAST.has(field) ? min : max;
  const levels = levelsOf(variable);
  return levels.value(levels.nearest(Math.min(max, Math.max(min, wanted))));
}
