import { loadScenario, type Scenario } from '../system';
import { type ManifestSource, readManifests } from './manifest';
import { fitSharedSlowness, type SlownessFit } from './model/fit';
import { modelSystem, type SystemModel } from './model/model';
import { visitOf } from './model/visit';
import { noticesOf } from './notices';
import { readSpans } from './traces/read';
import type { TraceSource } from './traces/span';
import { growTrees } from './traces/trees';
import { scenarioDocument } from './write/document';
import { NO_OVERLAY, readOverlay } from './write/overlay';

export interface CalibrationInput {
  readonly traces: readonly TraceSource[];
  /** Kubernetes manifests; without any, replicas are counted in the traces. */
  readonly manifests?: readonly ManifestSource[];
  /** A part of a scenario to lay over what is measured: faults, knobs, costs. */
  readonly overlay?: { readonly file: string; readonly text: string };
  readonly name: string;
  /** Where the traces come from, and under which licence. */
  readonly source: string;
  /** Leave broken traces out and count them, instead of refusing the file. */
  readonly tolerate?: boolean;
}

export interface Calibration {
  /** The scenario file, with comments. */
  readonly yaml: string;
  readonly scenario: Scenario;
  readonly model: SystemModel;
  readonly fit: SlownessFit;
  /** What was left out, assumed or contradictory, a sentence each. */
  readonly notices: readonly string[];
}

/**
 * Makes a scenario of traces and manifests.
 * @throws UserError with the place of the first thing that can't be used
 */
export async function calibrate(input: CalibrationInput): Promise<Calibration> {
  const overlay = input.overlay ? readOverlay(input.overlay.text, input.overlay.file) : NO_OVERLAY;
  const workloads = readManifests(input.manifests ?? []);
  const forest = growTrees(await readSpans(input.traces), input.tolerate ?? false);
  const roots = forest.roots.map(visitOf);
  const model = modelSystem(roots, overlay.classNames);
  overlay.checkClassNames(model.classes.map(({ foundAs }) => foundAs));

  const notices = noticesOf(forest.faults, model, workloads);
  const write = (fit?: SlownessFit) => {
    const document = scenarioDocument(input, model, workloads, fit);
    document.commentBefore = preamble(input, notices);
    overlay.applyTo(document);
    return document.toString({ lineWidth: 0, flowCollectionPadding: true });
  };
  const load = (yaml: string): Scenario => {
    try {
      return loadScenario(yaml, 'calibrated scenario');
    } catch (mistake) {
      throw overlay.blame(mistake, yaml);
    }
  };
  const latencies = roots.map((root) => root.durationUs);
  const fit = fitSharedSlowness(load(write()), latencies);
  const yaml = write(fit);
  return { yaml, scenario: load(yaml), model, fit, notices };
}

function preamble({ traces, manifests = [] }: CalibrationInput, notices: readonly string[]): string {
  const files = [...traces, ...manifests].map(({ file }) => file.replace(/^.*[/\\]/, ''));
  const lines = [`Written by \`tardigrade calibrate\` from ${files.join(', ')}.`, ...notices];
  return lines.map((line) => ` ${line}`).join('\n');
}
