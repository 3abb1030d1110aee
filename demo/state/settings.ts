import type { LoggedUpdate } from 'tardigrade';
import type { EngineChoice } from '../worker/api';
import type { FitnessSettings } from './fitness';

/** Everything that decides what the page shows: serialisable, and kept in the URL's hash. */
export interface Settings {
  /** Id of a built-in scenario, or `file` for one that was dropped on the page. */
  readonly scenario: string;
  readonly engine: EngineChoice;
  readonly seed: number;
  /** Of the first generation; live changes are in `updates`. */
  readonly population: number;
  readonly updates: readonly LoggedUpdate[];
  /** Generation at which the run stands; a link makes it again up to here. Null: from the beginning, and on. */
  readonly generation: number | null;
  /** Indices of the faults that the arena goes through. */
  readonly faults: readonly number[];
  /** When the fault begins; null as the scenario says. */
  readonly startMs: number | null;
  /** Times the declared strength. */
  readonly strength: number;
  /** Contestants that stand for their school. */
  readonly rules: string;
  readonly statistics: string;
  /** A retry budget laid over the rules. */
  readonly retryBudgetPercent: number | null;
  /** Genes of the candidate that was clicked; null: the one that the page recommends. */
  readonly genes: readonly number[] | null;
  /** What runs in the editor; null: nobody has opened it. */
  readonly fitness: FitnessSettings | null;
}

export const DEFAULTS: Settings = {
  scenario: 'three-tier',
  engine: 'auto',
  seed: 1,
  population: 24,
  updates: [],
  generation: null,
  faults: [0],
  startMs: null,
  strength: 1,
  rules: 'today',
  statistics: 'statistics-2',
  retryBudgetPercent: null,
  genes: null,
  fitness: null,
};

/** What controls offer, and what a link may say. */
export const RANGES = {
  seed: { min: 0, max: 999_999 },
  population: { min: 8, max: 128 },
  startMs: { min: 3_000, max: 20_000 },
  strength: { min: 0.25, max: 3 },
  retryBudgetPercent: { min: 1, max: 100 },
  generation: { min: 0, max: 10_000 },
} as const;

/** The settings with another scenario: what belongs to the one before is gone. */
export function withScenario(settings: Settings, scenario: string): Settings {
  const { engine, seed, population, fitness } = settings;
  return { ...DEFAULTS, engine, seed, population, fitness, scenario };
}

/** The log of live changes with more of them, in the order in which they come into force. */
export function logged(
  updates: readonly LoggedUpdate[],
  more: readonly LoggedUpdate[],
): readonly LoggedUpdate[] {
  return more.length === 0 ? updates : [...updates, ...more].sort((a, b) => a.generation - b.generation);
}

/** The settings for a run from the beginning. */
export function restarted(
  settings: Settings,
  changes: Partial<Pick<Settings, 'seed' | 'population'>>,
): Settings {
  return { ...settings, updates: [], generation: null, genes: null, ...changes };
}
