import { evolveScenario, openEngine, type Scenario } from 'tardigrade';
import type { Digest, EngineChoice } from './api';

/** Small enough for a software GPU. */
const GENERATIONS = 2;
const POPULATION = 4;

/** Evolves a little on an engine opened for it and digests every gene and score: SHA-256, in hexadecimal. */
export async function digestOn(
  choice: Exclude<EngineChoice, 'auto'>,
  scenario: Scenario,
  seed: number,
): Promise<Digest> {
  const engine = await openEngine({ engine: choice });
  try {
    const startMs = performance.now();
    const bytes: Uint8Array[] = [];
    // Two faults are enough to tell two engines apart.
    const small = { ...scenario, faults: scenario.faults.slice(0, 2) };
    const run = evolveScenario(engine, small, { seed, population: POPULATION, generations: GENERATIONS });
    for await (const { candidates, random } of run)
      for (const { genes, objectives } of [candidates, random.candidates])
        bytes.push(bytesOf(genes), bytesOf(objectives));
    const hash = await crypto.subtle.digest('SHA-256', await new Blob(bytes as BlobPart[]).arrayBuffer());
    const digest = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
    return { engine: engine.description, digest, durationMs: performance.now() - startMs };
  } finally {
    engine.close();
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array | Float64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
