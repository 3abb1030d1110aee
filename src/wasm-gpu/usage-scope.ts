import type { BoundRange } from './bind-group';
import type { WasmBuffer } from './buffer';
import { demand } from './validation';

/**
 * Checks what one dispatch binds together: a buffer that is written may not be read through another binding, and
 * writable ranges of one buffer may not overlap.
 * @param indirect the buffer that the dispatch reads its size from
 * @throws RuleBroken
 */
export function checkUsageScope(ranges: readonly BoundRange[], indirect?: WasmBuffer): void {
  const written = ranges.filter((range) => range.entry.type === 'storage');
  for (const [index, range] of written.entries()) {
    const { buffer } = range;
    const isRead = ranges.some((other) => other.buffer === buffer && other.entry.type !== 'storage');
    demand(
      !isRead && buffer !== indirect,
      `buffer "${buffer.label}" is bound both for writing and for reading`,
    );
    const overlaps = (other: BoundRange): boolean =>
      other.buffer === buffer &&
      other.offset < range.offset + range.size &&
      range.offset < other.offset + other.size;
    demand(!written.slice(index + 1).some(overlaps), `writable ranges of buffer "${buffer.label}" overlap`);
  }
}
