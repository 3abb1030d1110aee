import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HEAP_ALIGNMENT, Heap } from './heap';

const CAPACITY = 64 * HEAP_ALIGNMENT;

type Step = { allocate: number } | { release: number };

/** A history of allocations (sizes) and releases (which of the live ones). */
const history: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ allocate: fc.integer({ min: 0, max: 20 * HEAP_ALIGNMENT }) }),
    fc.record({ release: fc.nat() }),
  ),
  { maxLength: 200 },
);

interface Live {
  start: number;
  size: number;
}

/** Plays a history and hands each state of the live ranges to `check`. */
function play(heap: Heap, steps: readonly Step[], check: (live: Live[]) => void): Live[] {
  const live: Live[] = [];
  for (const step of steps) {
    if ('allocate' in step) {
      const start = heap.allocate(step.allocate);
      if (start !== undefined) live.push({ start, size: step.allocate });
    } else if (live.length > 0) {
      const [gone] = live.splice(step.release % live.length, 1);
      heap.release(gone.start);
    }
    check(live);
  }
  return live;
}

describe('the heap', () => {
  it('hands out aligned ranges inside its capacity that do not overlap', () => {
    fc.assert(
      fc.property(history, (steps) => {
        play(new Heap(CAPACITY), steps, (live) => {
          const sorted = [...live].sort((a, b) => a.start - b.start);
          for (const [index, { start, size }] of sorted.entries()) {
            expect(start % HEAP_ALIGNMENT).toBe(0);
            expect(start + size).toBeLessThanOrEqual(sorted[index + 1]?.start ?? CAPACITY);
          }
        });
      }),
    );
  });

  it('joins free neighbours: when all is released, the whole can be allocated at once', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const heap = new Heap(CAPACITY);
        for (const { start } of play(heap, steps, () => {})) heap.release(start);
        expect(heap.usedBytes).toBe(0);
        expect(heap.allocate(CAPACITY)).toBe(0);
      }),
    );
  });

  it('refuses what fits in no free block, and only that', () => {
    const heap = new Heap(4 * HEAP_ALIGNMENT);
    const [a, , c] = [1, 1, 1, 1].map((bytes) => heap.allocate(bytes)!);
    expect(heap.allocate(1)).toBeUndefined();
    heap.release(a);
    heap.release(c);
    expect(heap.allocate(2 * HEAP_ALIGNMENT)).toBeUndefined();
    expect(heap.allocate(HEAP_ALIGNMENT)).toBe(a);
  });

  it('tells a release of what is not allocated', () => {
    const heap = new Heap(CAPACITY);
    const start = heap.allocate(10)!;
    heap.release(start);
    expect(() => heap.release(start)).toThrow('no allocation');
  });
});
