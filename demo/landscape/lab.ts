import { signal } from '@preact/signals';
import { type Remote, releaseProxy, wrap } from 'comlink';
import type { FitnessSettings } from '../state/fitness';
import type { Compute, FitnessMistake, Swarm } from '../worker/api';

/** The engine stops a kernel before; where even that fails, its worker is ended. */
const LONGEST_ANSWER_MS = 1900;
/** Slow enough to be watched. */
const GENERATION_MS = 150;
const GENERATIONS = 120;
export const GRID = 96;

/** What is to be run. */
export interface Experiment extends FitnessSettings {
  readonly population: number;
  readonly seed: number;
}

/** Runs fitness functions that visitors write, in a worker of their own, which is ended when a kernel does not end. */
export class Lab {
  readonly mistakes = signal<readonly FitnessMistake[]>([]);
  readonly landscape = signal<Float32Array | undefined>(undefined);
  readonly swarm = signal<Swarm | undefined>(undefined);
  readonly status = signal('');
  #worker: { readonly thread: Worker; readonly compute: Remote<Compute> } | undefined;
  #experiment = 0;
  /** The worker does one thing at a time, so that whatever is late is late by its own fault. */
  #turn: Promise<void> = Promise.resolve();

  /** Compiles, draws the landscape and lets a population loose on it. What ran before ends. */
  run(experiment: Experiment): Promise<void> {
    const mine = ++this.#experiment;
    this.status.value = 'Compiling…';
    this.#turn = this.#turn.then(() => this.#perform(mine, experiment));
    return this.#turn;
  }

  async #perform(mine: number, { wgsl, algorithm, domain, population, seed }: Experiment): Promise<void> {
    if (mine !== this.#experiment) return;
    try {
      const compute = await this.#open();
      const mistakes = await compute.compileFitness(wgsl, domain);
      if (mine !== this.#experiment) return;
      this.mistakes.value = mistakes;
      this.swarm.value = undefined;
      if (mistakes.length > 0) {
        this.landscape.value = undefined;
        this.status.value = mistakes
          .map(({ line, column, message }) => `${line}:${column}: ${message}`)
          .join('\n');
        return;
      }
      this.landscape.value = await this.#watched(compute.landscape(GRID));
      await compute.beginSwarm(algorithm, population, seed);
      for (let generation = 0; generation < GENERATIONS && mine === this.#experiment; generation++) {
        const swarm = await this.#watched(compute.stepSwarm());
        if (mine !== this.#experiment) return;
        this.swarm.value = swarm;
        this.status.value = describe(swarm);
        await new Promise((resolve) => setTimeout(resolve, GENERATION_MS));
      }
    } catch (error) {
      if (mine === this.#experiment)
        this.status.value = error instanceof Error ? error.message : String(error);
    }
  }

  end(): void {
    this.#experiment++;
    this.#worker?.compute[releaseProxy]();
    this.#worker?.thread.terminate();
    this.#worker = undefined;
  }

  async #open(): Promise<Remote<Compute>> {
    if (this.#worker) return this.#worker.compute;
    const thread = new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module' });
    const compute = wrap<Compute>(thread);
    this.#worker = { thread, compute };
    await compute.openAlone();
    return compute;
  }

  /** The answer, unless a kernel keeps it: then the worker is ended, and the next experiment gets another. */
  async #watched<T>(answer: Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.#worker?.thread.terminate();
        this.#worker = undefined;
        reject(new Error('The kernel did not end and was stopped. Does one of its loops never end?'));
      }, LONGEST_ANSWER_MS);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function describe({ generation, best }: Swarm): string {
  if (!best) return `Generation ${generation}: nothing but NaN and infinity so far.`;
  const [x, y, value] = [best.x, best.y, best.value].map((number) => number.toPrecision(4));
  return `Generation ${generation}: ${value} at x = ${x}, y = ${y}`;
}
