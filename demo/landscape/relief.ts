/** Shares 0..1 of a landscape's heights by their rank, so that a single peak does not flatten all else; NaN stays NaN. */
export function ranked(values: Float32Array): Float32Array {
  const finite = values.filter((value) => Number.isFinite(value)).sort();
  const top = Math.max(1, finite.length - 1);
  return values.map((value) => (Number.isNaN(value) ? value : Math.min(1, lowerBound(finite, value) / top)));
}

/** Index of the first element that is not below the value. */
function lowerBound(sorted: Float32Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export type Rgb = readonly [red: number, green: number, blue: number];

/** Pixels of a square picture, its first row at the top; what has no height is transparent. */
export function reliefOf(
  values: Float32Array,
  size: number,
  stops: readonly Rgb[],
): Uint8ClampedArray<ArrayBuffer> {
  const shares = ranked(values);
  const pixels = new Uint8ClampedArray(4 * size * size);
  shares.forEach((share, i) => {
    if (Number.isNaN(share)) return;
    const row = size - 1 - Math.floor(i / size);
    const at = 4 * (row * size + (i % size));
    const place = share * (stops.length - 1);
    const lower = Math.min(stops.length - 2, Math.floor(place));
    for (let channel = 0; channel < 3; channel++) {
      const [from, to] = [stops[lower][channel], stops[lower + 1][channel]];
      pixels[at + channel] = from + (to - from) * (place - lower);
    }
    pixels[at + 3] = 255;
  });
  return pixels;
}

/** `rgb(1, 2, 3)` as browsers compute it. */
export function rgbOf(css: string): Rgb {
  const [red = 0, green = 0, blue = 0] = (css.match(/\d+(\.\d+)?/g) ?? []).map(Number);
  return [red, green, blue];
}
