import type { Engine } from '../gpu';
import { deriveKey, mulhi, seedKey, threefry2x32, type Words } from '../math';
import { candidateKey, type Space } from '../space';
import type { Population } from './population';
import { Variation, type VariationSettings } from './variation';

/** Words that keep the random streams of an optimisation apart. */
const SAMPLE = 0;
const TOURNAMENT = 1;
const VARIATION = 2;

/** After so many rounds of duplicates the space is taken to be exhausted near its best, and random candidates fill up. */
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

  /** Random candidates, none of which is in `taken`, unless the space holds too few others. */
  sample(generation: number, count: number, taken: ReadonlySet<string> = new Set()): Uint32Array {
    const fill = new Gathering(this.#space, count, taken);
    for (let round = 0; !fill.full && round < MAX_ROUNDS; round++)
      fill.add(this.#random(generation, round, count));
    return fill.complete(this.#random(generation, MAX_ROUNDS, count));
  }

  /**
   * Children of parents that are sorted best first, by binary tournaments and variation. A child that decodes like a
   * parent or another child is dropped and another made in its place.
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
    for (let round = 0; !fill.full && round < MAX_ROUNDS; round++) {
      const pairs = tournaments(deriveKey(this.#seed, TOURNAMENT, generation, round), parents.count, count);
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

/** Two winners of binary tournaments for each child. Parents are sorted best first, so the lower index wins. */
function tournaments(key: Words, parents: number, children: number): Uint32Array {
  return Uint32Array.from({ length: 2 * children }, (_, i) => {
    const [a, b] = threefry2x32(key, [i >> 1, i & 1]);
    return Math.min(mulhi(a, parents), mulhi(b, parents));
  });
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
