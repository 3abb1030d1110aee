import type { Workload } from './manifest';
import type { SystemModel } from './model/model';
import type { TraceFaults } from './traces/trees';
import { inMs } from './write/terms';

/** What a reader of the scenario should know of how it came about, a sentence each. */
export function noticesOf(faults: TraceFaults, model: SystemModel, workloads: readonly Workload[]): string[] {
  return [...traceNotices(faults, model), ...(workloads.length > 0 ? manifestNotices(model, workloads) : [])];
}

function traceNotices(faults: TraceFaults, { links }: SystemModel): string[] {
  const told: [number, string][] = [
    [faults.duplicateSpans, 'duplicate spans were dropped.'],
    [faults.asynchronousSpans, 'spans of messages that nobody waits for were left out.'],
    [faults.orphanedTraces, 'traces were left out: a parent span is missing.'],
    [faults.rootlessTraces, 'traces were left out: not exactly one root.'],
    [faults.reversedTraces, 'traces were left out: a span ends before it starts.'],
    [
      faults.skewedSpans,
      `spans lie outside their caller's: clocks differ by up to ${inMs(faults.largestSkewUs)}; durations are not affected.`,
    ],
    [
      links.reduce((sum, { negative }) => sum + negative, 0),
      "calls are shorter than the callee's span: their link delay is taken as zero.",
    ],
  ];
  return told.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
}

function manifestNotices(model: SystemModel, workloads: readonly Workload[]): string[] {
  const deployed = new Set(workloads.map(({ name }) => name));
  const traced = new Set(model.services.map(({ name }) => name));
  const links = new Set(model.links.map(({ from, to }) => `${from} ${to}`));
  const list = (names: readonly string[]) => names.join(', ');

  const unknown = [...traced].filter((name) => !deployed.has(name));
  const silent = [...deployed].filter((name) => !traced.has(name));
  const untraced = workloads
    .filter(({ name }) => traced.has(name))
    .flatMap(({ name, addresses }) =>
      addresses.filter((to) => traced.has(to) && !links.has(`${name} ${to}`)).map((to) => `${name} -> ${to}`),
    );
  return [
    ...(unknown.length > 0 ? [`In the traces but not in the manifest: ${list(unknown)}.`] : []),
    ...(silent.length > 0 ? [`In the manifest but not in the traces, left out: ${list(silent)}.`] : []),
    ...(untraced.length > 0
      ? [
          `Configured but never seen in a trace; such calls count as the caller's own time: ${list(untraced)}.`,
        ]
      : []),
  ];
}
