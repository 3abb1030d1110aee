import type { Engine } from '../gpu';
import { deriveKey, mulhi, seedKey, threefry2x32, type Words } from '../math';
import { candidateKey, type Space } from '../space';
import type { Population } from './population';
import { Variation, type VariationSettings } from './variation';

/** Words that keep the random streams of an optimisation apart. */
const SAMPLE = 0;
const TOURNAMENT = 1;
const VARIATION = 2;

/**
 * After so many rounds of duplicates the space is taken to be exhausted near its best, and random candidates
 * fill up.
 */
const MAX_ROUNDS = 4;

/** Makes new candidates: a pure function of seed, generation, parents and settings. */
export class Breeder {
  readonly #space: Space;
  readonly #seed: Words;
  readonly #variation: Variation;

  constructor(engine: Engine, space: Space, seed: number) {
    this.#space = space;
    this.#seed = seedKey(seed);
    this.#variation = new Variation(engine, space);
  }

  /** `count` different candidates, or as many as are given: those first, then random ones. */
  sample(generation: number, count: number, given: Uint32Array = new Uint32Array()): Uint32Array {
    const size = Math.max(count, given.length / this.#space.variables.length);
    const fill = new Gathering(this.#space, size, new Set());
    fill.add(given);
    for (let round = 0; !fill.full && round < MAX_ROUNDS; round++)
      fill.add(this.#random(generation, round, size));
    return fill.complete(this.#random(generation, MAX_ROUNDS, size));
  }

  /**
   * Children of parents that are sorted best first, by binary tournaments and variation. A child that decodes
   * like a parent or another child is dropped and another made in its place.
   */
  async breed(
    generation: number,
    parents: Population,
    count: number,
    settings: VariationSettings,
    signal?: AbortSignal,
  ): Promise<Uint32Array> {
    const taken = new Set(
      Array.from({ length: parents.count }, (_, i) => candidateKey(this.#space, parents.genes, i)),
    );
    const fill = new Gathering(this.#space, count, taken);
    // Some to spare, so that a few duplicates do not cost another round trip to the device.
    const litter = count + Math.ceil(count / 4);
    for (let round = 0; !fill.full && round < MAX_ROUNDS; round++) {
      const pairs = tournaments(deriveKey(this.#seed, TOURNAMENT, generation, round), parents.count, litter);
      const key = deriveKey(this.#seed, VARIATION, generation, round);
      fill.add(await this.#variation.children(parents.genes, pairs, key, settings, signal));
    }
    return fill.complete(this.#random(generation, 0, count));
  }

  #random(generation: number, round: number, count: number): Uint32Array {
    const key = deriveKey(this.#seed, SAMPLE, generation, round);
    const width = this.#space.variables.length;
    return Uint32Array.from(
      { length: count * width },
      (_, i) => threefry2x32(key, [Math.floor(i / width), i % width])[0],
    );
  }
}

/**
 * Two different winners of binary tournaments for each child. Parents are sorted best first, so the lower
 * index wins; where one wins twice, the next best is its mate.
 */
function tournaments(key: Words, parents: number, children: number): Uint32Array {
  const winner = (child: number, side: number): number => {
    const [a, b] = threefry2x32(key, [child, side]);
    return Math.min(mulhi(a, parents), mulhi(b, parents));
  };
  const pairs = new Uint32Array(2 * children);
  for (let child = 0; child < children; child++) {
    const first = winner(child, 0);
    const second = winner(child, 1);
    pairs[2 * child] = first;
    pairs[2 * child + 1] = second === first ? (second + 1) % parents : second;
  }
  return pairs;
}

/** Collects candidates until there are enough, each only once. */
class Gathering {
  readonly #space: Space;
  readonly #keys: Set<string>;
  readonly #genes: Uint32Array;
  #length = 0;

  constructor(space: Space, count: number, taken: ReadonlySet<string>) {
    this.#space = space;
    this.#keys = new Set(taken);
    this.#genes = new Uint32Array(count * space.variables.length);
  }

  get full(): boolean {
    return this.#length === this.#genes.length;
  }

  add(genes: Uint32Array, duplicates = false): void {
    const width = this.#space.variables.length;
    for (let i = 0; i * width < genes.length && !this.full; i++) {
      const key = candidateKey(this.#space, genes, i);
      if (this.#keys.has(key) && !duplicates) continue;
      this.#keys.add(key);
      this.#genes.set(genes.subarray(i * width, (i + 1) * width), this.#length);
      this.#length += width;
    }
  }

  /** All of them, the last ones from `others`: new ones first, and only then duplicates. */
  complete(others: Uint32Array): Uint32Array {
    this.add(others);
    this.add(others, true);
    return this.#genes;
  }
}
