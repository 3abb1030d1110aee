/** Maps values to a stretch of pixels, those beyond it to its ends, and says where to put ticks. */
export interface Scale {
  readonly ticks: readonly number[];
  at(value: number): number;
}

/** A linear scale; its ticks are multiples of 1, 2 or 5 times a power of ten. */
export function linearScale(min: number, max: number, from: number, to: number, count = 5): Scale {
  const extent = max > min ? max - min : 1;
  const raw = extent / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= raw)!;
  const first = Math.ceil(min / step);
  const ticks = Array.from({ length: Math.floor(max / step) - first + 1 }, (_, i) => (first + i) * step);
  return { ticks, at: (value) => from + clamped((value - min) / extent) * (to - from) };
}

/** A logarithmic scale of values above zero, ticks at powers of ten. */
export function logScale(min: number, max: number, from: number, to: number): Scale {
  const low = Math.log10(min);
  const extent = Math.max(Math.log10(max) - low, 1e-9);
  const first = Math.ceil(low - 1e-9);
  const ticks = Array.from(
    { length: Math.floor(low + extent + 1e-9) - first + 1 },
    (_, i) => 10 ** (first + i),
  );
  return {
    ticks,
    at: (value) => from + clamped((Math.log10(Math.max(value, min)) - low) / extent) * (to - from),
  };
}

/** What is beyond a scale is drawn at its end. */
function clamped(share: number): number {
  return Math.min(1, Math.max(0, share));
}
