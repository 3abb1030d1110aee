import { LineCounter, parseAllDocuments } from 'yaml';
import { UserError } from '../text';

export interface ManifestSource {
  readonly file: string;
  readonly text: string;
}

/** What a Kubernetes manifest says of one workload. Durations are seconds, as Kubernetes writes them. */
export interface Workload {
  readonly name: string;
  readonly replicas: number;
  readonly probe: Probe | undefined;
  /** Hosts named by environment variables that end in `_ADDR`, `_HOST` or `_URL`: those it may call. */
  readonly addresses: readonly string[];
}

/** A readiness probe, Kubernetes' defaults filled in. */
export interface Probe {
  readonly periodS: number;
  readonly failureThreshold: number;
  readonly successThreshold: number;
}

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];

interface Manifest {
  kind?: string;
  items?: Manifest[];
  metadata?: { name?: string };
  spec?: { replicas?: number; template?: { spec?: { containers?: Container[] } } };
}

interface Container {
  readinessProbe?: { periodSeconds?: number; failureThreshold?: number; successThreshold?: number };
  env?: { name?: string; value?: unknown }[];
}

/**
 * The workloads in Kubernetes manifests (YAML or JSON, any number of documents, lists included).
 * @throws UserError where a file does not parse, or no workload is in any of them.
 */
export function readManifests(sources: readonly ManifestSource[]): Workload[] {
  const workloads = sources.flatMap((source) => {
    const found = parse(source).flatMap((manifest) => [manifest, ...(manifest?.items ?? [])]);
    return found.filter((manifest) => WORKLOADS.includes(manifest?.kind ?? '')).map(workloadOf);
  });
  if (workloads.length === 0 && sources.length > 0)
    throw new UserError('there is no Deployment here', `give a manifest with a ${WORKLOADS.join(', ')}`, {
      file: sources[0].file,
      line: 1,
      column: 1,
    });
  return workloads;
}

function parse({ file, text }: ManifestSource): Manifest[] {
  const lineCounter = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter, prettyErrors: false });
  // An empty stream comes back as an object without documents.
  const documents = Array.isArray(parsed) ? parsed : [];
  for (const { errors } of documents) {
    if (errors.length === 0) continue;
    const { line, col } = lineCounter.linePos(errors[0].pos[0]);
    throw new UserError(
      `not valid YAML: ${errors[0].message}`,
      'check the indentation, colons and quotes here',
      { file, line, column: col },
    );
  }
  return documents.map((document) => document.toJS() as Manifest);
}

function workloadOf(manifest: Manifest): Workload {
  const containers = manifest.spec?.template?.spec?.containers ?? [];
  const probe = containers.find((container) => container.readinessProbe)?.readinessProbe;
  return {
    name: manifest.metadata?.name ?? '',
    replicas: manifest.spec?.replicas ?? 1,
    probe: probe && {
      periodS: probe.periodSeconds ?? 10,
      failureThreshold: probe.failureThreshold ?? 3,
      successThreshold: probe.successThreshold ?? 1,
    },
    addresses: containers.flatMap((container) => (container.env ?? []).flatMap(hostOf)),
  };
}

function hostOf({ name, value }: { name?: string; value?: unknown }): string[] {
  if (!/_(ADDR|HOST|URL)$/.test(name ?? '') || typeof value !== 'string') return [];
  const host = /^(?:\w+:\/\/)?([a-z0-9-]+)/.exec(value)?.[1];
  return host ? [host] : [];
}
