import { afterAll, beforeAll } from 'vitest';
import type { Engine } from '../../src/gpu';
import type { EngineUnderTest } from '../../src/gpu/testing/engines';

/** An engine for all tests of a suite. Returns how to get it once they run. */
export function useEngine(under: EngineUnderTest): () => Engine {
  let engine: Engine | undefined;
  beforeAll(async () => {
    engine = await under.open();
  });
  afterAll(() => engine?.close());
  return () => engine!;
}
