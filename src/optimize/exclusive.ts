import type { Engine } from '../gpu';

/** Those at work on an engine's shared buffers, one after the other. */
const atWork = new WeakMap<Engine, Promise<unknown>>();

/**
 * Runs work on an engine once all earlier such work is done: pooled buffers are shared by label, and no other run may
 * write them between preparing and submitting.
 */
export function exclusively<T>(engine: Engine, work: () => Promise<T>): Promise<T> {
  const before = atWork.get(engine);
  const turn = before ? before.then(work) : work();
  atWork.set(
    engine,
    turn.catch(() => {}),
  );
  return turn;
}
