import { conform, parseYaml, type YamlSource } from '../../text';
import { type Owners, readPolicy } from '../policy/document';
import { CAPACITIES, STANDING_WORDS, standingWords } from './capacities';
import { readFaults } from './faults';
import { readGraph } from './graph';
import { readKnobs } from './knobs';
import { CLIENT } from './names';
import { scenarioSchema, type WrittenScenario } from './schema';
import type { Objective, Scenario, Service } from './types';

/**
 * Reads a scenario file.
 * @param file its name, for messages
 * @throws UserError with file, line, column, path and mend of the first mistake
 */
export function loadScenario(text: string, file: string): Scenario {
  const source = parseYaml(text, file);
  const written = conform(scenarioSchema, source);
  checkCapacities(source, written);
  checkTraffic(source, written);
  const zones = readZones(source, written);
  const services = readServices(source, written);
  const { operations, edges, classes } = readGraph(source, written);
  const owners = { services, edges };
  checkState(source, written.proxies, owners);
  return {
    name: written.name,
    source: written.source,
    zones,
    proxies: written.proxies,
    ratePerS: written.traffic.rate,
    services,
    operations,
    edges,
    classes,
    sharedSlowness: written.sharedSlowness,
    faults: readFaults(source, written.faults, {
      services,
      zones,
      edges,
      classes,
      ratePerS: written.traffic.rate,
    }),
    windows: readWindows(source, written),
    repairS: written.repair / 1e6,
    objectives: readObjectives(source, written),
    limits: Object.entries(written.limits).map(([measure, max]) => ({ measure: measure as Objective, max })),
    policy: readPolicy(source, ['policy'], 'today', written.policy, owners),
    knobs: readKnobs(source, written.knobs, owners),
  };
}

function checkCapacities(source: YamlSource, written: WrittenScenario): void {
  const services = Object.values(written.services);
  const operations = services.reduce((sum, service) => sum + Object.keys(service.operations).length, 0);
  const sizes = [
    { path: ['services'], noun: 'services', size: services.length, most: CAPACITIES.services },
    { path: ['services'], noun: 'operations', size: operations, most: CAPACITIES.operations },
    {
      path: ['traffic', 'classes'],
      noun: 'request classes',
      size: Object.keys(written.traffic.classes).length,
      most: CAPACITIES.classes,
    },
  ];
  for (const { path, noun, size, most } of sizes) {
    if (size === 0) throw source.keyError(path, `there are no ${noun}`, 'add at least one');
    if (size > most)
      throw source.keyError(path, `there are ${size} ${noun}`, `at most ${most} are simulated: merge some`);
  }
}

function checkState(source: YamlSource, proxies: number, { services, edges }: Owners): void {
  const words = standingWords(services, edges, proxies);
  if (words <= STANDING_WORDS) return;
  const needed = Math.ceil(words / 256);
  throw source.keyError(
    ['services'],
    `proxies, calls and replicas take ${needed} KiB of state, before any call is in flight`,
    `at most ${Math.floor(STANDING_WORDS / 256)} KiB are simulated: lower proxies or maxReplicas, or merge services`,
  );
}

function checkTraffic(source: YamlSource, written: WrittenScenario): void {
  if (written.traffic.rate === 0)
    throw source.error(['traffic', 'rate'], 'there is no traffic', 'write a rate above zero');
  if (written.traffic.rate > CAPACITIES.requestsPerS)
    throw source.error(
      ['traffic', 'rate'],
      `${written.traffic.rate} requests a second are more than a clock of microseconds can tell apart`,
      `stay within ${CAPACITIES.requestsPerS}/s: simulate a share of the traffic on as large a share of the replicas`,
    );
}

function readZones(source: YamlSource, { zones }: WrittenScenario): string[] {
  zones.forEach((zone, i) => {
    if (zones.indexOf(zone) < i)
      throw source.error(['zones', i], `two zones are called '${zone}'`, 'rename one of them');
  });
  return zones;
}

function readServices(source: YamlSource, written: WrittenScenario): Service[] {
  return Object.entries(written.services).map(([name, service]) => {
    const path = ['services', name];
    if (name === CLIENT || name === '*' || /\/|->/.test(name))
      throw source.keyError(path, `no service can be called '${name}'`, "rename it, without '/' and '->'");
    const { replicas, workers } = service;
    const maxReplicas = service.maxReplicas ?? Math.min(3 * replicas, CAPACITIES.replicasPerService);
    if (replicas > maxReplicas)
      throw source.error(
        [...path, 'replicas'],
        `${replicas} replicas are more than maxReplicas, ${maxReplicas}`,
        'raise maxReplicas',
      );
    const workersAssumed = typeof workers !== 'number';
    return {
      name,
      replicas,
      maxReplicas,
      workers: workersAssumed ? workers.assumed : workers,
      workersAssumed,
      costPerReplica: service.cost,
    };
  });
}

function readWindows(source: YamlSource, { windows }: WrittenScenario): Scenario['windows'] {
  const { warmup, healthy, onset, steady, recovery } = windows;
  const total = warmup + healthy + onset + steady + recovery;
  if (total > CAPACITIES.episodeUs)
    throw source.error(
      ['windows'],
      'the windows together outlast an episode of the simulator',
      `stay within ${CAPACITIES.episodeUs / 1e6}s in all`,
    );
  return { warmupUs: warmup, healthyUs: healthy, onsetUs: onset, steadyUs: steady, recoveryUs: recovery };
}

function readObjectives(source: YamlSource, { objectives }: WrittenScenario): Objective[] {
  objectives.forEach((objective, i) => {
    if (objectives.indexOf(objective) < i)
      throw source.error(['objectives', i], `${objective} is there twice`, 'remove one of the two');
  });
  return objectives;
}
