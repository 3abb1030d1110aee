import { availableParallelism } from 'node:os';
import { EVOLVE_DEFAULTS } from '../system';
import { parseDurationUs } from '../text';

/** One flag: how it is shown in the help and how its value is read. */
export interface Flag<T> {
  readonly help: string;
  /** Placeholder of its value in the help; a flag without one is a switch. */
  readonly value?: string;
  /** What the value must be, for the message when it is not. */
  readonly expects: string;
  /** The value from its text (a switch gets 'true'); undefined where the text is no such value. */
  readonly read: (text: string) => T | undefined;
  /** Where the flag is absent. */
  readonly otherwise: T;
}

export type Flags = Readonly<Record<string, Flag<unknown>>>;
export type Values<F extends Flags> = { readonly [K in keyof F]: F[K] extends Flag<infer T> ? T : never };

/** A flag without a value. */
export function toggle(help: string): Flag<boolean> {
  return {
    help,
    expects: 'no value',
    read: (text) => (text === 'true' ? true : undefined),
    otherwise: false,
  };
}

/** A whole number within bounds, both included. */
export function integer<T extends number | undefined>(
  help: string,
  min: number,
  max: number,
  otherwise: T,
): Flag<number | T> {
  return {
    help,
    value: 'N',
    expects: `a whole number from ${min} to ${max}`,
    read: (text) => {
      const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
      return value >= min && value <= max ? value : undefined;
    },
    otherwise,
  };
}

/** A name of a file, a folder or a thing. */
export function word(help: string, value: string, otherwise?: string): Flag<string | undefined> {
  return { help, value, expects: `a ${value.toLowerCase()}`, read: (text) => text || undefined, otherwise };
}

/** One of a few words. */
export function choice<const W extends string>(help: string, words: readonly W[], otherwise: W): Flag<W> {
  return {
    help,
    value: words.join('|'),
    expects: `one of ${words.join(', ')}`,
    read: (text) => words.find((candidate) => candidate === text),
    otherwise,
  };
}

/** A span of time, in seconds. */
export function seconds(help: string): Flag<number | undefined> {
  return {
    help,
    value: 'TIME',
    expects: 'a time above zero with its unit, such as 60s or 10min',
    read: (text) => {
      const us = parseDurationUs(text);
      return us !== undefined && us > 0 ? us / 1_000_000 : undefined;
    },
    otherwise: undefined,
  };
}

const MAX_U32 = 0xffff_ffff;

/** What every command takes that has a result. */
export const OUTPUT_FLAGS = {
  json: toggle('one JSON document on stdout; progress goes to stderr'),
  quiet: toggle('no progress'),
};

/** What every command takes that computes on an engine. */
export const ENGINE_FLAGS = {
  engine: choice(
    'where to compute; auto takes a hardware GPU if there is one',
    ['auto', 'webgpu', 'wasm'],
    'auto',
  ),
  workers: integer('threads of the WebAssembly engine (the cores)', 0, 256, availableParallelism()),
};

/** What every command takes that simulates. An interval takes at least two replications. */
export const SIMULATION_FLAGS = {
  seed: integer('keys all randomness: the same seed gives the same result', 0, MAX_U32, 1),
  heldout: integer('test replications behind each figure', 2, 100_000, EVOLVE_DEFAULTS.heldout),
  ...ENGINE_FLAGS,
  ...OUTPUT_FLAGS,
};
