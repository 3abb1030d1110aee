import type { Node, YAMLMap } from 'yaml';
import type { Workload } from '../manifest';
import type { OperationModel, ServiceModel } from '../model/model';
import type { ScriptStep } from '../model/script';
import { block, distributionNode, type Entry, inline } from './nodes';
import { describeSamples, significant } from './terms';

/** A replica that was never seen with more than one request may still take two. */
const LEAST_WORKERS = 2;

/** The scenario's `services`. */
export function servicesNode(services: readonly ServiceModel[], workloads: readonly Workload[]): YAMLMap {
  return block(
    services.map((service) => {
      const workload = workloads.find(({ name }) => name === service.name);
      return { key: service.name, value: serviceNode(service, workload) };
    }),
  );
}

function serviceNode(service: ServiceModel, workload: Workload | undefined): YAMLMap {
  return block([
    {
      key: 'replicas',
      value: workload?.replicas ?? service.replicasSeen,
      comment: workload ? undefined : 'As many as the traces show.',
    },
    {
      key: 'workers',
      value: inline({ assumed: Math.max(LEAST_WORKERS, service.peakConcurrency) }),
      comment: 'Assumed: the most requests that one replica was seen to have under way.',
    },
    { key: 'operations', value: block(service.operations.map(operationEntry)) },
  ]);
}

function operationEntry({ name, tracedAs, selfUs, script }: OperationModel): Entry {
  const self = { key: 'self', value: distributionNode(selfUs) };
  const calls = { key: 'calls', value: script.flatMap(stepNodes) };
  return {
    key: name,
    value: block(script.length > 0 ? [self, calls] : [self]),
    comment: `Traced as ${tracedAs}; ${describeSamples(selfUs, 'self time')}`,
  };
}

/** A step as a scenario file has it; parallel calls that are made several times become several steps. */
function stepNodes({ targets, times, probability }: ScriptStep): Node[] {
  const chance = probability < 1 ? { probability: significant(probability, 3) } : {};
  const callNode = (call: string, repeat: object = {}) => {
    const more = { ...chance, ...repeat };
    return Object.keys(more).length > 0 ? { call, ...more } : call;
  };
  if (targets.length === 1) return [inline(callNode(targets[0], times > 1 ? { times } : {}))];
  const parallel = targets.map((target) => callNode(target));
  return Array.from({ length: times }, () => inline({ parallel }));
}
