import { deriveKey, mulhi, seedKey, threefry2x32, type Words } from '../../math';
import { emptyPopulation, join, type Population, shapeOf, take } from '../../optimize';
import { candidateKey } from '../../space';
import type { ScenarioProblem } from './problem';
import { byStanding, type Standing, standings } from './standing';

/** A profile that the search is to beat: its genes, and its means on the first block of search episodes. */
export interface Target {
  readonly genes: Uint32Array;
  readonly means: readonly number[];
}

/** Keeps these draws apart from the optimiser's. */
const STREAM = 0x6e696368;

/** Half of the children go to so many profiles that are furthest from being beaten. */
const HARDEST = 4;

/** Chances out of 2^32 that a gene is taken from the donor: a touch, a crossing, all of it. One is drawn for a child. */
const SHARES = [2 ** 29, 2 ** 31, 2 ** 32 - 1] as const;

/** A child that is known already is made anew, so many times. */
const ATTEMPTS = 4;

/** A small step of a gene is up to this share of its range to either side. */
const STEP = 1 / 8;

/**
 * A niche for each profile, so that the search finds what beats each of them and not only what is best on the whole
 * front: where a profile is cheap, everything that a crowded front offers at its price is one candidate. A niche keeps
 * the candidates that stand best beside its profile, and proposes the settings of other survivors at that price.
 */
export class Niches {
  readonly #problem: ScenarioProblem;
  readonly #targets: readonly Target[];
  readonly #seed: Words;
  readonly #size: number;
  #pool: Population;

  /** @param size candidates kept, and proposed in a generation */
  constructor(
    problem: ScenarioProblem,
    targets: readonly Target[],
    seed: number,
    size: number,
    resume?: Population,
  ) {
    this.#problem = problem;
    this.#targets = targets;
    this.#seed = deriveKey(seedKey(seed), STREAM);
    this.#size = size;
    this.#pool = resume ?? emptyPopulation(shapeOf(problem));
  }

  /** The candidates kept, scored on the current block of episodes. */
  get pool(): Population {
    return this.#pool;
  }

  /**
   * Genes of candidates to evaluate in a generation.
   * @param donors survivors whose settings are tried in the niches; none in the first generation
   * @param newBlock whether what is kept has to be evaluated again, too
   */
  propose(generation: number, donors: Population, newBlock: boolean): Uint32Array {
    const width = this.#problem.space.variables.length;
    const from = join([donors, this.#pool]);
    const known = new Set(
      Array.from({ length: from.count }, (_, i) => candidateKey(this.#problem.space, from.genes, i)),
    );
    const targets = this.#byHardness();
    const children = Array.from({ length: this.#size }, (_, i) => {
      const target = targets[turnOf(generation * this.#size + i, targets.length)];
      for (let attempt = 0; ; attempt++) {
        const key = deriveKey(this.#seed, generation, i, attempt);
        const child = this.#child(key, target, from);
        const name = candidateKey(this.#problem.space, child, 0);
        if (known.has(name) && attempt < ATTEMPTS) continue;
        known.add(name);
        return child;
      }
    });
    const kept = newBlock ? this.#pool.genes : new Uint32Array();
    const proposed = new Uint32Array(kept.length + children.length * width);
    proposed.set(kept);
    children.forEach((child, i) => proposed.set(child, kept.length + i * width));
    return proposed;
  }

  /** Keeps the best of what was evaluated: of each niche in turn its best, then its second best, and so on. */
  absorb(candidates: Population, newBlock: boolean): void {
    const rivals = newBlock ? candidates : join([this.#pool, candidates]);
    const ranked = this.#targets.map(({ means }) => ranking(standings(rivals, means)));
    const keys = Array.from({ length: rivals.count }, (_, i) =>
      candidateKey(this.#problem.space, rivals.genes, i),
    );
    const kept = new Map<string, number>();
    for (let place = 0; place < rivals.count && kept.size < this.#size; place++)
      for (const order of ranked) {
        const i = order[place];
        if (kept.size < this.#size && !kept.has(keys[i])) kept.set(keys[i], i);
      }
    this.#pool = take(rivals, [...kept.values()]);
  }

  /** The profiles, each with the best that is known beside it, the ones furthest from being beaten first. */
  #byHardness(): { target: Target; incumbent: Uint32Array }[] {
    const width = this.#problem.space.variables.length;
    const stands = this.#targets.map((target) => {
      const all = standings(this.#pool, target.means);
      const [best] = ranking(all);
      return best === undefined
        ? { target, incumbent: target.genes, standing: { shortfall: Infinity, tradeOff: 0 } }
        : {
            target,
            incumbent: this.#pool.genes.slice(best * width, (best + 1) * width),
            standing: all[best],
          };
    });
    return stands.sort((a, b) => byStanding(b.standing, a.standing));
  }

  /** The incumbent with a donor's settings in part or all, mutated, at the profile's or the incumbent's size. */
  #child(
    key: Words,
    { target, incumbent }: { target: Target; incumbent: Uint32Array },
    donors: Population,
  ): Uint32Array {
    const width = incumbent.length;
    const [pick, mode] = threefry2x32(key, [width, 0]);
    const donor = mulhi(pick, donors.count);
    const share = SHARES[mode % SHARES.length];
    const sized = (mode >>> 16) % 2 === 0 ? target.genes : incumbent;
    // One and a half genes of a child mutate on average.
    const mutation = (1.5 / width) * 2 ** 32;
    return Uint32Array.from({ length: width }, (_, v) => {
      if (this.#problem.isSize[v]) return sized[v];
      const [crossed, mutates] = threefry2x32(key, [v, 1]);
      const gene = crossed < share && donors.count > 0 ? donors.genes[donor * width + v] : incumbent[v];
      if (mutates >= mutation) return gene;
      const [value, step] = threefry2x32(key, [v, 2]);
      if (step % 2 === 0) return value;
      return Math.min(2 ** 32 - 1, Math.max(0, Math.round(gene + (2 * value - 2 ** 32) * STEP)));
    });
  }
}

/** Whose turn it is: every other time one of the hardest few, else each in turn. */
function turnOf(turn: number, targets: number): number {
  const round = Math.floor(turn / 2);
  return turn % 2 === 0 ? round % Math.min(HARDEST, targets) : round % targets;
}

/** Indices, the best standing first. */
function ranking(standings: readonly Standing[]): number[] {
  return standings.map((_, i) => i).sort((a, b) => byStanding(standings[a], standings[b]) || a - b);
}
