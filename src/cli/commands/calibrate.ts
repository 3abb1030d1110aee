import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  calibrate as calibrateScenario,
  checkCalibration,
  describeCheck,
  describeFit,
} from '../../calibrate';
import { readInput, writeAtomic } from '../../files';
import { openSimulator } from '../../system';
import { UserError } from '../../text';
import { CommandFailed, defineCommand, type Invocation } from '../command';
import { ENGINE_FLAGS, OUTPUT_FLAGS, SIMULATION_FLAGS, toggle, word } from '../options';
import { openScenario, withEngine } from '../session';

const FLAGS = {
  manifest: word('Kubernetes manifest: replicas and probes', 'FILE'),
  overlay: word('a part of a scenario to lay over what is measured', 'FILE'),
  out: word('where to write the scenario (stdout)', 'FILE'),
  name: word('name of the system (the first file)', 'NAME'),
  source: word('where the traces come from, and their licence', 'TEXT'),
  tolerate: toggle('leave broken traces out and count them, instead of refusing'),
  check: toggle('compare a scenario with traces instead of making one'),
  scenario: word('with --check: the scenario', 'FILE'),
  fault: word('with --check: the fault under which the traces were taken (none)', 'NAME'),
  seed: SIMULATION_FLAGS.seed,
  ...ENGINE_FLAGS,
  ...OUTPUT_FLAGS,
};

export const calibrate = defineCommand({
  name: 'calibrate',
  summary: 'Make a scenario of real traces and Kubernetes manifests, or check one against them',
  about: `Traces are CSV files of spans, OTLP JSON or Jaeger JSON. The scenario holds request classes, the call graph, link
delays, service times and shared slowness as measured; what traces cannot tell is a declared assumption. An overlay
adds faults, knobs, costs and names. With --check, what the simulator says of a scenario is compared with the traces;
it fails where a quantile is further off than it may be.`,
  positionals: [{ name: 'TRACES', help: 'files of spans', required: true, many: true }],
  flags: FLAGS,
  examples: [
    'tardigrade calibrate traces.csv --manifest k8s.yaml --overlay faults.yaml --out scenario.yaml',
    'tardigrade calibrate --check traces.csv --scenario scenario.yaml',
  ],
  run: (invocation) => (invocation.flags.check ? check(invocation) : make(invocation)),
});

async function make({ positionals, flags, terminal }: Invocation<typeof FLAGS>): Promise<void> {
  if (flags.scenario || flags.fault)
    throw new UserError('--scenario and --fault go with --check', 'add --check, or leave them out');
  const { yaml, fit, notices } = await calibrateScenario({
    traces: await Promise.all(positionals.map(openTrace)),
    manifests: flags.manifest ? [await openText(flags.manifest)] : [],
    overlay: flags.overlay ? await openText(flags.overlay) : undefined,
    name: flags.name ?? basename(positionals[0]).replace(/\.\w+$/, ''),
    source: flags.source ?? `traces ${positionals.map((file) => basename(file)).join(', ')}`,
    tolerate: flags.tolerate,
  });
  if (flags.out) await writeAtomic(flags.out, yaml);
  for (const notice of notices) terminal.note(notice);
  terminal.note(describeFit(fit));
  if (flags.json) terminal.printJson({ out: flags.out ?? null, notices, fit, yaml });
  else terminal.print(flags.out ? `wrote ${flags.out}` : yaml);
}

async function check({ positionals, flags, terminal }: Invocation<typeof FLAGS>): Promise<void> {
  if (!flags.scenario) throw new UserError('--check lacks its scenario', 'name it with --scenario FILE');
  const idle = (['manifest', 'overlay', 'out', 'name', 'source'] as const).find((name) => flags[name]);
  if (idle)
    throw new UserError(
      `--${idle} goes into a scenario that is made, and --check makes none`,
      `leave out --${idle}, or --check and --scenario`,
    );
  const scenario = await openScenario(flags.scenario);
  const traces = await Promise.all(positionals.map(openTrace));
  const { fault, tolerate, seed } = flags;
  const result = await withEngine(flags, terminal, async (engine) => {
    const simulator = await openSimulator(engine, scenario, { seed });
    return checkCalibration(simulator, { scenario, traces, fault, tolerate });
  });
  if (flags.json) terminal.printJson(result);
  else terminal.print(describeCheck(result));
  if (!result.passed) throw new CommandFailed('the scenario is further from these traces than it may be');
}

/** A trace file as a stream: traces outgrow a string. */
async function openTrace(file: string) {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new UserError(`${file}: it is no file that can be read`, 'check the path');
  return { file, text: createReadStream(file, 'utf8') };
}

async function openText(file: string) {
  return { file, text: await readInput(file) };
}
