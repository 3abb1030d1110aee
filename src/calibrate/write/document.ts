import { Document } from 'yaml';
import type { Workload } from '../manifest';
import type { SlownessFit } from '../model/fit';
import type { SystemModel } from '../model/model';
import { linksNode } from './links';
import { block, type Entry, inline } from './nodes';
import { servicesNode } from './services';
import { describeFit, writtenDuration } from './terms';
import { trafficNode } from './traffic';

export interface ScenarioHeader {
  readonly name: string;
  readonly source: string;
}

/**
 * The scenario as a YAML document: every figure that was measured with its sample in a comment, every one that was
 * assumed marked as such.
 * @param fit shared slowness; absent while there is none yet
 */
export function scenarioDocument(
  { name, source }: ScenarioHeader,
  model: SystemModel,
  workloads: readonly Workload[],
  fit?: SlownessFit,
): Document {
  const document = new Document();
  document.contents = block([
    { key: 'tardigrade', value: 1 },
    { key: 'name', value: name },
    { key: 'source', value: source },
    { key: 'traffic', value: trafficNode(model) },
    { key: 'services', value: servicesNode(model.services, workloads) },
    {
      key: 'links',
      value: linksNode(model),
      comment: 'Client span minus server span: delay that holds no worker.',
    },
    {
      key: 'sharedSlowness',
      value: fit?.sharedSlowness ?? 0,
      comment: fit && `Fitted to the root latencies: ${describeFit(fit)}.`,
    },
    ...policyEntry(model, workloads),
  ]);
  return document;
}

function policyEntry(model: SystemModel, workloads: readonly Workload[]): Entry[] {
  const services = model.services.flatMap(({ name }) => {
    const probe = workloads.find((workload) => workload.name === name)?.probe;
    if (!probe) return [];
    const value = inline({
      healthInterval: writtenDuration(probe.periodS * 1e6),
      unhealthyThreshold: probe.failureThreshold,
      healthyThreshold: probe.successThreshold,
    });
    return [{ key: name, value }];
  });
  if (services.length === 0) return [];
  const comment = 'What runs today: the readiness probes of the manifest.';
  return [{ key: 'policy', value: block([{ key: 'services', value: block(services) }]), comment }];
}
