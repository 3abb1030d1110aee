import type { Path, YamlSource } from '../../text';
import { didYouMean } from '../../text';
import { CAPACITIES } from './capacities';
import { distribution } from './distribution';
import { CLIENT, edgeName, indexOfName } from './names';
import type { WrittenCall, WrittenScenario } from './schema';
import type { Call, Edge, Operation, RequestClass } from './types';

/** The call graph with names resolved. Operations stand in file order; edges by first use, those from outside first. */
export interface Graph {
  readonly operations: readonly Operation[];
  readonly edges: readonly Edge[];
  readonly classes: readonly RequestClass[];
}

/** What one operation is called and where the file has it. */
interface Site {
  readonly label: string;
  readonly path: Path;
}

/** Builds operations, edges and classes. Throws UserError for an unknown name, a cycle, or shares that don't sum to 1. */
export function readGraph(source: YamlSource, written: WrittenScenario): Graph {
  const serviceNames = Object.keys(written.services);
  const sites: Site[] = [];
  for (const [service, { operations }] of Object.entries(written.services))
    for (const name of Object.keys(operations))
      sites.push({ label: `${service}/${name}`, path: ['services', service, 'operations', name] });

  const findOperation = (target: string, path: Path): number => {
    const index = sites.findIndex(({ label }) => label === target);
    if (index >= 0) return index;
    const slash = target.indexOf('/');
    const service = slash < 0 ? target : target.slice(0, slash);
    if (!serviceNames.includes(service))
      throw source.error(
        path,
        `there is no service '${service}'`,
        didYouMean(service, serviceNames, 'service'),
      );
    const own = Object.keys(written.services[service].operations).map((name) => `${service}/${name}`);
    if (slash < 0) throw source.error(path, `'${target}' names no operation`, `write ${own[0]}`);
    throw source.error(
      path,
      `${service} has no operation '${target.slice(slash + 1)}'`,
      didYouMean(target, own, 'operation'),
    );
  };

  const links = new Links(source, written);
  const serviceOf = (operation: number) => serviceNames.indexOf(String(sites[operation].path[1]));

  const classes = Object.entries(written.traffic.classes).map(([name, { share, entry, objective }]) => {
    const operation = findOperation(entry, ['traffic', 'classes', name, 'entry']);
    const edge = links.edge(-1, serviceOf(operation));
    return { name, share, edge, operation, objectiveUs: objective };
  });

  const readCall = (from: number, call: WrittenCall, path: Path): Call => {
    const asMap = typeof call !== 'string';
    const { call: target, probability, times } = asMap ? call : { call, probability: 1, times: 1 };
    const operation = findOperation(target, asMap ? [...path, 'call'] : path);
    return { edge: links.edge(from, serviceOf(operation)), operation, probability, times };
  };

  const operations = sites.map(({ path }, index): Operation => {
    const [, service, , name] = path.map(String);
    const { self, holdsWorker, calls } = written.services[service].operations[name];
    const from = serviceOf(index);
    const steps = calls.map((step, i) => {
      const at = [...path, 'calls', i];
      if (typeof step === 'string' || !('parallel' in step)) return [readCall(from, step, at)];
      return step.parallel.map((call, j) => readCall(from, call, [...at, 'parallel', j]));
    });
    return { name, service: from, self: distribution(source, [...path, 'self'], self), holdsWorker, steps };
  });

  links.checkAllUsed();
  refuseCycles(source, sites, operations);
  refuseLongRequests(source, operations, classes);
  return { operations, edges: links.edges, classes: normaliseShares(source, classes) };
}

/** Edges as they are met, each with its delay from the `links` key. */
class Links {
  readonly edges: Edge[] = [];
  readonly #source: YamlSource;
  readonly #written: WrittenScenario;
  readonly #serviceNames: readonly string[];

  constructor(source: YamlSource, written: WrittenScenario) {
    this.#source = source;
    this.#written = written;
    this.#serviceNames = Object.keys(written.services);
  }

  edge(from: number, to: number): number {
    const known = this.edges.findIndex((edge) => edge.from === from && edge.to === to);
    if (known >= 0) return known;
    const name = `${from < 0 ? CLIENT : this.#serviceNames[from]} -> ${this.#serviceNames[to]}`;
    const keys = Object.keys(this.#written.links);
    const key =
      keys.find((written) => edgeName(written) === name) ?? keys.find((written) => written === 'default');
    const delay = key
      ? distribution(this.#source, ['links', key, 'delay'], this.#written.links[key].delay)
      : ({ kind: 'constant', valueUs: 0 } as const);
    this.edges.push({ name, from, to, delay });
    return this.edges.length - 1;
  }

  checkAllUsed(): void {
    for (const key of Object.keys(this.#written.links))
      if (key !== 'default')
        indexOfName(this.#source, ['links', key], edgeName(key), this.edges, 'link', true);
    const { edges } = CAPACITIES;
    if (this.edges.length > edges)
      throw this.#source.keyError(
        ['services'],
        `${this.edges.length} pairs of services call each other`,
        `at most ${edges} are simulated: merge services`,
      );
  }
}

const SHARE_TOLERANCE = 1e-3;

/** Shares may be rounded in the file; here they sum to 1. */
function normaliseShares(source: YamlSource, classes: RequestClass[]): RequestClass[] {
  const sum = classes.reduce((total, { share }) => total + share, 0);
  if (Math.abs(sum - 1) > SHARE_TOLERANCE)
    throw source.keyError(
      ['traffic', 'classes'],
      `the shares sum to ${Math.round(sum * 1e4) / 100}%`,
      'make them sum to 100%',
    );
  return classes.map((requestClass) => ({ ...requestClass, share: requestClass.share / sum }));
}

/** Where the file has call `j` of step `i` of an operation. */
function callPath(site: Site, operation: Operation, i: number, j: number): Path {
  const step: Path = [...site.path, 'calls', i];
  return operation.steps[i].length > 1 ? [...step, 'parallel', j] : step;
}

function refuseCycles(source: YamlSource, sites: readonly Site[], operations: readonly Operation[]): void {
  const done = new Set<number>();
  const visit = (index: number, trail: readonly number[]): void => {
    if (done.has(index)) return;
    operations[index].steps.forEach((step, i) =>
      step.forEach((call, j) => {
        const back = [...trail, index].indexOf(call.operation);
        if (back >= 0) {
          const cycle = [...[...trail, index].slice(back), call.operation].map((at) => sites[at].label);
          throw source.error(
            callPath(sites[index], operations[index], i, j),
            `the calls form a cycle: ${cycle.join(' -> ')}`,
            'remove one of these calls, or give the second visit an operation of its own',
          );
        }
        visit(call.operation, [...trail, index]);
      }),
    );
    done.add(index);
  };
  operations.forEach((_, index) => visit(index, []));
}

function refuseLongRequests(
  source: YamlSource,
  operations: readonly Operation[],
  classes: readonly RequestClass[],
): void {
  const sizes = new Map<number, number>();
  const callsOf = (index: number): number => {
    const known = sizes.get(index);
    if (known !== undefined) return known;
    let size = 0;
    for (const call of operations[index].steps.flat()) size += call.times * (1 + callsOf(call.operation));
    sizes.set(index, size);
    return size;
  };
  for (const { name, operation } of classes) {
    const size = 1 + callsOf(operation);
    if (size > CAPACITIES.callsPerRequest)
      throw source.error(
        ['traffic', 'classes', name, 'entry'],
        `one such request makes up to ${size} calls`,
        `at most ${CAPACITIES.callsPerRequest} are simulated: merge operations or lower 'times'`,
      );
  }
}
