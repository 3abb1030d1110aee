import { openEngine, openSimulator, resolvePolicy, type Scenario } from 'tardigrade';
import type { Digest, EngineChoice } from './api';

/**
 * Simulates what runs today, without a fault and under each, on an engine opened for it, and digests every count that the
 * simulator leaves: one kernel, so that a software GPU has it built in seconds.
 */
export async function digestOn(
  choice: Exclude<EngineChoice, 'auto'>,
  scenario: Scenario,
  seed: number,
): Promise<Digest> {
  const engine = await openEngine({ engine: choice });
  try {
    const startMs = performance.now();
    const simulator = await openSimulator(engine, scenario, { seed });
    const episodes = [-1, ...scenario.faults.keys()].map((fault) => ({ fault, replication: 0 }));
    const records = await simulator.simulate([resolvePolicy(scenario, scenario.policy)], episodes);
    const counts = Object.values(records).filter(
      (value): value is Uint32Array => value instanceof Uint32Array,
    );
    const digest = await digestOf(counts);
    return { engine: engine.description, digest, durationMs: performance.now() - startMs };
  } finally {
    engine.close();
  }
}

/** SHA-256 in hexadecimal. @throws Error where the page's origin is not secure, and so has no digests */
export async function digestOf(parts: readonly (Uint32Array | Float64Array)[]): Promise<string> {
  if (!globalThis.crypto?.subtle) throw new Error('a digest needs a secure origin: https or localhost');
  const bytes = await new Blob(
    parts.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength).slice()),
  ).arrayBuffer();
  const hash = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
