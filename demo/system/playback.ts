import { effect } from '@preact/signals';
import { episodes, playheadMs, playing, shownSide } from '../state/store';

/** Episode seconds that pass in one second of the visitor's. */
const SPEED = 4;

/** A tab that was away does not jump. */
const LONGEST_STEP_MS = 250;

/** Often enough to look alive, seldom enough to leave the page's thread free. */
const FRAME_MS = 80;

/** Moves the playhead while it plays, from the end back to the beginning. Returns what stops it for good. */
export function startPlayback(): () => void {
  let request = 0;
  let lastMs: number | undefined;
  const tick = (nowMs: number) => {
    const episode = episodes.value[shownSide.value];
    const durationMs = episode ? episode.buckets * episode.bucketMs : 0;
    request = requestAnimationFrame(tick);
    lastMs ??= nowMs;
    if (nowMs - lastMs < FRAME_MS) return;
    const next = playheadMs.value + Math.min(LONGEST_STEP_MS, nowMs - lastMs) * SPEED;
    lastMs = nowMs;
    if (durationMs > 0) playheadMs.value = next >= durationMs ? 0 : next;
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
