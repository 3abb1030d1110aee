/** Variables `from` to `to - 1`: what is made at once where a device's buffers hold no whole candidates. */
export interface Columns {
  readonly from: number;
  readonly to: number;
}

/** These variables of all candidates, [candidate][variable]; the genes themselves where these are all. */
export function columnsOf(genes: Uint32Array, width: number, { from, to }: Columns): Uint32Array {
  const taken = to - from;
  if (taken === width) return genes;
  const columns = new Uint32Array((genes.length / width) * taken);
  for (let start = 0, at = 0; start < genes.length; start += width) {
    for (let i = from; i < to; i++) columns[at++] = genes[start + i];
  }
  return columns;
}

/** Writes these variables of all candidates into their genes. */
export function setColumns(
  genes: Uint32Array,
  width: number,
  { from, to }: Columns,
  columns: Uint32Array,
): void {
  for (let start = 0, at = 0; start < genes.length; start += width) {
    for (let i = from; i < to; i++) genes[start + i] = columns[at++];
  }
}
