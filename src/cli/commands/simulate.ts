import { summarize } from '../../report';
import { type Policy, type Scenario, sizedProfiles } from '../../system';
import { didYouMean, UserError } from '../../text';
import { defineCommand } from '../command';
import { comparisonTable } from '../comparison-table';
import { printEvents } from '../events';
import { faultTable } from '../fault-table';
import { measurePolicy } from '../measure-policy';
import { integer, SIMULATION_FLAGS, toggle, word } from '../options';
import { openPolicy, openScenario, withEngine } from '../session';

const MOST_REPLICATION = 0xffff_ffff;

export const simulate = defineCommand({
  name: 'simulate',
  summary: 'Run one policy under one or all faults and print its measures, or replay one episode',
  about: `The policy is the one in the scenario, a file, or a profile. With --events one episode is replayed as a log: every
attempt, time-out, retry, ejection and open circuit, in order. It answers why a policy failed here.`,
  positionals: [{ name: 'SCENARIO', help: 'scenario file (YAML)', required: true }],
  flags: {
    policy: word('policy file to run (the policy in the scenario)', 'FILE'),
    profile: word('profile to run instead, such as envoy-defaults-2', 'NAME'),
    fault: word('the one fault to run (all); with --events also none', 'NAME'),
    ...SIMULATION_FLAGS,
    events: toggle('replay one episode as a readable log'),
    replication: integer('with --events: which draw of all randomness (0)', 0, MOST_REPLICATION, undefined),
    failed: toggle('with --events: only requests that were late or failed, and what befell the system'),
  },
  examples: [
    'tardigrade simulate examples/online-boutique.yaml --profile envoy-best-practice-2',
    'tardigrade simulate shop.yaml --policy out/shop/policy.yaml --fault zone',
    'tardigrade simulate shop.yaml --fault zone --events --failed',
  ],

  async run({ positionals: [path], flags, terminal, signal }) {
    const idle = flags.events ? [] : idleWithoutEvents(flags);
    if (idle.length > 0)
      throw new UserError(
        `${idle.join(' and ')} belong${idle.length > 1 ? '' : 's'} to the log of one episode`,
        'add --events',
      );
    const whole = await openScenario(path);
    const policy = await policyToRun(flags, whole);
    if (flags.events) {
      const fault = flags.fault === 'none' ? -1 : faultIndex(whole, flags.fault ?? whole.faults[0]?.name);
      const { seed, replication = 0, failed: failedOnly, json } = flags;
      return withEngine(flags, terminal, (engine) =>
        printEvents(engine, whole, policy, { fault, replication, seed, failedOnly, json, signal }, terminal),
      );
    }
    const scenario = flags.fault
      ? { ...whole, faults: [whole.faults[faultIndex(whole, flags.fault)]] }
      : whole;
    const { seed, heldout } = flags;
    const { measures, perFault } = await withEngine(flags, terminal, (engine) =>
      measurePolicy(engine, scenario, policy, { seed, replications: heldout, signal }),
    );
    if (flags.json)
      return terminal.printJson({
        scenario: summarize(scenario),
        policy: policy.name,
        replications: heldout,
        measures,
        perFault,
      });
    const row = { label: policy.name, school: 'baseline', measures } as const;
    terminal.print(
      `\n${comparisonTable([row], terminal.colors)}\n\n${faultTable(perFault, terminal.colors)}\n\n`,
    );
    terminal.print(terminal.colors.dim(`Means over ${heldout} replications, each above its 95 % interval.`));
  },
});

/** Flags that say nothing of measures. */
function idleWithoutEvents(flags: { replication: number | undefined; failed: boolean }): string[] {
  return [
    ...(flags.replication === undefined ? [] : ['--replication']),
    ...(flags.failed ? ['--failed'] : []),
  ];
}

interface PolicyFlags {
  readonly policy: string | undefined;
  readonly profile: string | undefined;
}

async function policyToRun({ policy, profile }: PolicyFlags, scenario: Scenario): Promise<Policy> {
  if (policy && profile)
    throw new UserError('--policy and --profile exclude each other', 'leave one of them out');
  if (policy) return openPolicy(policy, scenario);
  if (!profile) return scenario.policy;
  const profiles = sizedProfiles(scenario);
  const found = profiles.find(({ id }) => id === profile);
  if (found) return found.policy;
  const ids = profiles.map(({ id }) => id);
  throw new UserError(`there is no profile '${profile}'`, didYouMean(profile, ids, 'profile'));
}

function faultIndex(scenario: Scenario, name: string | undefined): number {
  if (name === undefined)
    throw new UserError('the scenario has no faults', 'give --fault none for a run without one');
  const index = scenario.faults.findIndex((fault) => fault.name === name);
  if (index >= 0) return index;
  const names = scenario.faults.map((fault) => fault.name);
  throw new UserError(`the scenario has no fault '${name}'`, didYouMean(name, names, 'fault'));
}
