import type { LoggedUpdate } from 'tardigrade';
import { readFitness, writeFitness } from './fitness';
import { DEFAULTS, RANGES, type Settings } from './settings';

/** The settings as a URL's hash, what is at its default left out; `settingsOf` reads it back. */
export function hashOf(settings: Settings): string {
  const written = new URLSearchParams();
  for (const [name, { write }] of Object.entries(PARAMETERS) as [keyof Settings, Parameter][]) {
    const text = write(settings[name]);
    if (text !== write(DEFAULTS[name])) written.set(name, text);
  }
  return written.toString();
}

/** Reads a hash. A parameter that makes no sense is left at its default and named in `ignored`. */
export function settingsOf(hash: string): { settings: Settings; ignored: string[] } {
  const read: Record<string, unknown> = {};
  const ignored: string[] = [];
  for (const [name, text] of new URLSearchParams(hash.replace(/^#/, ''))) {
    const parameter = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name as keyof Settings] : undefined;
    const value = parameter?.read(text);
    if (value === undefined) ignored.push(name);
    else read[name] = value;
  }
  return { settings: { ...DEFAULTS, ...read }, ignored };
}

interface Parameter {
  // biome-ignore lint/suspicious/noExplicitAny: each parameter writes its own kind of value
  write(value: any): string;
  /** undefined for a text that is none of this parameter. */
  read(text: string): unknown;
}

const PARAMETERS: Record<keyof Settings, Parameter> = {
  scenario: word(/^[a-z0-9-]{1,40}$/),
  engine: word(/^(auto|webgpu|wasm)$/),
  seed: whole(RANGES.seed),
  population: whole(RANGES.population),
  updates: { write: writeUpdates, read: readUpdates },
  generation: orNone(whole(RANGES.generation)),
  faults: {
    write: (faults: number[]) => faults.join('.'),
    read: (text) => {
      const faults = text === '' ? [] : text.split('.').map(Number);
      return faults.every((fault) => Number.isInteger(fault) && fault >= 0 && fault < 64)
        ? faults
        : undefined;
    },
  },
  startMs: orNone(whole(RANGES.startMs)),
  strength: {
    write: String,
    read: (text) => within(Number(text), RANGES.strength),
  },
  rules: word(/^[a-z0-9-]{1,60}$/),
  statistics: word(/^[a-z0-9-]{1,60}$/),
  retryBudgetPercent: orNone(whole(RANGES.retryBudgetPercent)),
  genes: orNone({ write: writeGenes, read: readGenes }),
  fitness: orNone({ write: writeFitness, read: readFitness }),
};

function within(value: number, { min, max }: { min: number; max: number }): number | undefined {
  return value >= min && value <= max ? value : undefined;
}

function word(pattern: RegExp): Parameter {
  return { write: String, read: (text) => (pattern.test(text) ? text : undefined) };
}

function whole(range: { min: number; max: number }): Parameter {
  return {
    write: String,
    read: (text) => (/^\d+$/.test(text) ? within(Number(text), range) : undefined),
  };
}

function orNone({ write, read }: Parameter): Parameter {
  return {
    write: (value) => (value === null ? 'none' : write(value)),
    read: (text) => (text === 'none' ? null : read(text)),
  };
}

function writeUpdates(updates: readonly LoggedUpdate[]): string {
  return updates.length === 0 ? 'none' : JSON.stringify(updates);
}

function readUpdates(text: string): LoggedUpdate[] | undefined {
  if (text === 'none') return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  return Array.isArray(parsed) && parsed.every(isLoggedUpdate) ? parsed : undefined;
}

function isLoggedUpdate(entry: unknown): entry is LoggedUpdate {
  if (typeof entry !== 'object' || entry === null) return false;
  const { generation, update } = entry as Partial<LoggedUpdate>;
  if (!Number.isInteger(generation) || generation! < 0 || typeof update !== 'object' || update === null)
    return false;
  const { population, mutation, bounds, ...others } = update;
  return (
    Object.keys(others).length === 0 &&
    (population === undefined || within(population, RANGES.population) !== undefined) &&
    (mutation === undefined ||
      within(mutation?.probability ?? Number.NaN, { min: 0, max: 1 }) !== undefined) &&
    (bounds === undefined ||
      (Array.isArray(bounds) &&
        bounds.length <= 3 &&
        bounds.every((bound) => bound === null || (typeof bound === 'number' && bound >= 0))))
  );
}

const GENE_DIGITS = 8;
const MOST_GENES = 256;

function writeGenes(genes: readonly number[]): string {
  return genes.map((gene) => gene.toString(16).padStart(GENE_DIGITS, '0')).join('');
}

function readGenes(text: string): number[] | undefined {
  if (!/^([0-9a-f]{8})+$/.test(text) || text.length > GENE_DIGITS * MOST_GENES) return undefined;
  return Array.from({ length: text.length / GENE_DIGITS }, (_, i) =>
    Number.parseInt(text.slice(i * GENE_DIGITS, (i + 1) * GENE_DIGITS), 16),
  );
}
