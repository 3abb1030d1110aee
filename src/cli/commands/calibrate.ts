import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import { calibrate as calibrateScenario } from '../../calibrate';
import { UserError } from '../../text';
import { defineCommand } from '../command';
import { readInput, writeAtomic } from '../files';
import { OUTPUT_FLAGS, toggle, word } from '../options';

/** A trace file as a stream: traces outgrow a string. */
async function openTrace(file: string) {
  await access(file).catch(() => {
    throw new UserError(`${file}: it cannot be read`, 'check the path');
  });
  return { file, text: createReadStream(file, 'utf8') };
}

async function openText(file: string) {
  return { file, text: await readInput(file) };
}

export const calibrate = defineCommand({
  name: 'calibrate',
  summary: 'Make a scenario of real traces and Kubernetes manifests',
  about: `Traces are CSV files of spans, OTLP JSON or Jaeger JSON. The scenario holds request classes, the call graph, link
delays, service times and shared slowness as measured; what traces cannot tell is a declared assumption. An overlay
adds faults, knobs, costs and names.`,
  positionals: [{ name: 'TRACES', help: 'files of spans', required: true, many: true }],
  flags: {
    manifest: word('Kubernetes manifest: replicas and probes', 'FILE'),
    overlay: word('a part of a scenario to lay over what is measured', 'FILE'),
    out: word('where to write the scenario (stdout)', 'FILE'),
    name: word('name of the system (the first file)', 'NAME'),
    source: word('where the traces come from, and their licence', 'TEXT'),
    tolerate: toggle('leave broken traces out and count them, instead of refusing'),
    json: OUTPUT_FLAGS.json,
  },
  examples: ['tardigrade calibrate traces.csv --manifest k8s.yaml --overlay faults.yaml --out scenario.yaml'],

  async run({ positionals, flags, terminal }) {
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
    if (flags.json) terminal.printJson({ out: flags.out ?? null, notices, fit, yaml });
    else if (flags.out) terminal.print(`wrote ${flags.out}`);
    else terminal.print(yaml);
  },
});
