import { Document, isMap, isScalar, type Node, Scalar, YAMLMap, type YAMLSeq } from 'yaml';
import type { Workload } from '../manifest';
import type { SlownessFit } from '../model/fit';
import type { ClassModel, OperationModel, ServiceModel, SystemModel } from '../model/model';
import { ascending, quantile, summarise } from '../model/quantiles';
import type { ScriptStep } from '../model/script';
import {
  inMs,
  roundedUpDuration,
  significant,
  writtenDistribution,
  writtenDuration,
  writtenShares,
} from './terms';

export interface ScenarioHeader {
  readonly name: string;
  readonly source: string;
}

/** Nobody measured what clients put up with: twice the measured p99, until somebody says. */
const OBJECTIVE_FACTOR = 2;

/**
 * The scenario as a YAML document: every figure that was measured with its sample in a comment, every one that was
 * assumed marked as such.
 * @param sharedSlowness the fit; absent while there is none yet
 */
export function scenarioDocument(
  header: ScenarioHeader,
  model: SystemModel,
  workloads: readonly Workload[],
  sharedSlowness?: SlownessFit,
): Document {
  const document = new Document({});
  const root = document.contents as unknown as YAMLMap;
  const add = (map: YAMLMap, key: string, value: unknown, comment?: string) => {
    const name = new Scalar(key);
    if (comment) name.commentBefore = comment.replace(/^/gm, ' ');
    const node = value instanceof YAMLMap ? value : (document.createNode(value) as Node);
    map.add({ key: name, value: node });
  };
  const flow = (value: unknown): YAMLMap => {
    const node = document.createNode(value) as YAMLMap;
    node.flow = true;
    return node;
  };

  add(root, 'tardigrade', 1);
  add(root, 'name', header.name);
  add(root, 'source', header.source);
  add(root, 'traffic', traffic());
  add(root, 'services', services());
  add(root, 'links', links(), 'Client span minus server span: delay that holds no worker.');
  add(
    root,
    'sharedSlowness',
    sharedSlowness?.sharedSlowness ?? 0,
    sharedSlowness && `Fitted to the root latencies: ${describeFit(sharedSlowness)}.`,
  );
  const probes = readinessProbes();
  if (probes.items.length > 0)
    add(root, 'policy', nested('services', probes), 'What runs today: the readiness probes of the manifest.');
  return document;

  function nested(key: string, value: YAMLMap): YAMLMap {
    const map = new YAMLMap();
    add(map, key, value);
    return map;
  }

  function traffic(): YAMLMap {
    const shares = writtenShares(model.classes.map(({ share }) => share));
    const classes = new YAMLMap();
    model.classes.forEach((requestClass, i) => {
      const { name, entry, latenciesUs } = requestClass;
      const objective = roundedUpDuration(OBJECTIVE_FACTOR * quantile(ascending(latenciesUs), 0.99));
      add(classes, name, flow({ share: shares[i], entry, objective }), describeClass(requestClass));
    });
    const map = new YAMLMap();
    const observed = `${model.requests} requests in ${significant(model.observedS, 3)} s.`;
    add(map, 'rate', `${significant(model.ratePerS, 3)}/s`, observed);
    const assumed = `Objectives are assumed: ${OBJECTIVE_FACTOR} times the measured p99.`;
    add(map, 'classes', classes, `Grouped by what they call. ${assumed}`);
    return map;
  }

  function services(): YAMLMap {
    const map = new YAMLMap();
    for (const service of model.services) add(map, service.name, serviceNode(service));
    return map;
  }

  function serviceNode(service: ServiceModel): YAMLMap {
    const workload = workloads.find(({ name }) => name === service.name);
    const map = new YAMLMap();
    const seen = `${service.replicasSeen} seen in the traces.`;
    add(map, 'replicas', workload?.replicas ?? service.replicasSeen, workload ? undefined : seen);
    const why = 'Assumed: the most requests that one replica was seen to have under way.';
    add(map, 'workers', flow({ assumed: Math.max(2, service.peakConcurrency) }), why);
    const operations = new YAMLMap();
    for (const operation of service.operations)
      add(operations, operation.name, operationNode(operation), describeOperation(operation));
    add(map, 'operations', operations);
    return map;
  }

  function operationNode(operation: OperationModel): YAMLMap {
    const map = new YAMLMap();
    add(map, 'self', distributionNode(operation.selfUs));
    if (operation.script.length > 0) {
      const calls = document.createNode(operation.script.flatMap(writtenSteps)) as YAMLSeq<Node>;
      for (const call of calls.items) if (isMap(call)) call.flow = true;
      add(map, 'calls', calls);
    }
    return map;
  }

  function distributionNode(samples: readonly number[]): Node {
    const node = document.createNode(writtenDistribution(summarise(samples))) as Node;
    if (!isScalar(node)) (node as YAMLMap).flow = true;
    return node;
  }

  function links(): YAMLMap {
    const map = new YAMLMap();
    const entries = [...new Set(model.classes.map(({ entry }) => entry.split('/')[0]))];
    for (const entry of entries)
      add(
        map,
        `client -> ${entry}`,
        flow({ delay: '0ms' }),
        'Assumed: what lies before the root span is not traced.',
      );
    for (const { from, to, delaysUs } of model.links) {
      const measured = delaysUs.length > 0;
      const delay = measured ? distributionNode(delaysUs) : '0ms';
      const comment = measured
        ? describeSamples(delaysUs, 'calls')
        : 'Assumed: no call has both a client and a server span.';
      const link = new YAMLMap();
      link.flow = true;
      add(link, 'delay', delay);
      add(map, `${from} -> ${to}`, link, comment);
    }
    return map;
  }

  function readinessProbes(): YAMLMap {
    const map = new YAMLMap();
    for (const { name } of model.services) {
      const probe = workloads.find((workload) => workload.name === name)?.probe;
      if (!probe) continue;
      add(
        map,
        name,
        flow({
          healthInterval: writtenDuration(probe.periodS * 1e6),
          unhealthyThreshold: probe.failureThreshold,
          healthyThreshold: probe.successThreshold,
        }),
      );
    }
    return map;
  }
}

/** A step as a scenario file has it; parallel calls that are made several times become several steps. */
function writtenSteps({ targets, times, probability }: ScriptStep): unknown[] {
  const rare = probability < 1 ? { probability: significant(probability, 3) } : {};
  if (targets.length > 1) {
    const parallel = targets.map((call) => (probability < 1 ? { call, ...rare } : call));
    return Array.from({ length: times }, () => ({ parallel }));
  }
  const [call] = targets;
  return [times === 1 && probability === 1 ? call : { call, ...rare, ...(times > 1 ? { times } : {}) }];
}

function describeSamples(samplesUs: readonly number[], noun: string): string {
  const sorted = ascending(samplesUs);
  const [p50, p99] = [0.5, 0.99].map((p) => inMs(quantile(sorted, p)));
  return `${samplesUs.length} ${noun}: p50 ${p50}, p99 ${p99}.`;
}

function describeClass({ latenciesUs }: ClassModel): string {
  return describeSamples(latenciesUs, 'requests');
}

function describeOperation({ tracedAs, selfUs }: OperationModel): string {
  return `Traced as ${tracedAs}; ${describeSamples(selfUs, 'self times')}`;
}

/** `p50 124 ms measured, 121 ms predicted; ...` */
export function describeFit({ quantiles }: SlownessFit): string {
  return quantiles
    .map(
      ({ name, measuredUs, predictedUs }) =>
        `${name} ${inMs(measuredUs)} measured, ${inMs(predictedUs)} predicted`,
    )
    .join('; ');
}
