import { effect } from '@preact/signals';
import { episodes, playheadMs, playing, shownSide } from '../state/store';

/** Episode seconds that pass in one second of the visitor's. */
const SPEED = 4;

/** Moves the playhead while it plays, from the end back to the beginning. Returns what stops it for good. */
export function startPlayback(): () => void {
  let request = 0;
  let lastMs: number | undefined;
  const tick = (nowMs: number) => {
    const episode = episodes.value[shownSide.value];
    const durationMs = episode ? episode.buckets * episode.bucketMs : 0;
    const passedMs = lastMs === undefined ? 0 : Math.min(100, nowMs - lastMs);
    lastMs = nowMs;
    if (durationMs > 0) {
      const next = playheadMs.value + passedMs * SPEED;
      playheadMs.value = next >= durationMs ? 0 : next;
    }
    request = requestAnimationFrame(tick);
  };
  const stop = effect(() => {
    cancelAnimationFrame(request);
    lastMs = undefined;
    if (playing.value) request = requestAnimationFrame(tick);
  });
  return () => {
    stop();
    cancelAnimationFrame(request);
  };
}
