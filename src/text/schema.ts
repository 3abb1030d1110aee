import { z } from 'zod';
import { complain, splitComplaint } from './complaint';
import { didYouMean } from './nearest';
import { parseDurationUs, parsePercent, parseRatePerS, SECONDS_PER_YEAR } from './units';
import type { Path, YamlSource } from './yaml-source';

/** Building blocks of a YAML schema: zod types whose complaints say what is wrong and how to mend it. */

const MISSING = 'is missing';

/** The largest time that the simulator's clock holds, in microseconds. */
const CLOCK_END_US = 0xffff_ffff;

function shown(input: unknown): string {
  if (input === null) return 'nothing';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'a map';
  return `'${input}'`;
}

/** Zod's `error` for a term: the key is missing, or holds something else. */
function otherwise(expected: string, example: string) {
  return (issue: { input?: unknown }) =>
    issue.input === undefined
      ? complain(MISSING, `add ${expected}, such as ${example}`)
      : complain(
          `expected ${expected}, found ${shown(issue.input)}`,
          `write ${expected}, such as ${example}`,
        );
}

/** A scalar read by `parse`, which returns a number or, as a string, its complaint. */
function quantity(expected: string, example: string, parse: (input: string | number) => number | string) {
  const error = otherwise(expected, example);
  return z.union([z.string(), z.number()], { error }).transform((input, context) => {
    const result = parse(input);
    if (typeof result === 'number' && !Number.isNaN(result)) return result;
    context.addIssue({ code: 'custom', message: typeof result === 'string' ? result : error({ input }) });
    return z.NEVER;
  });
}

/** A time in whole microseconds that fits the simulator's clock. */
export function duration(bounds: { positive?: boolean; beyondClock?: boolean } = {}) {
  return quantity('a duration', '250ms', (input) => {
    const us = input === 0 ? 0 : typeof input === 'string' ? parseDurationUs(input) : undefined;
    if (us === undefined && typeof input === 'number')
      return complain(`the duration ${input} has no unit`, `write ${input}ms or ${input}s`);
    if (us === undefined) return Number.NaN;
    if (us < 0) return complain(`the duration ${input} is negative`, 'a time is zero or more');
    if (us === 0 && bounds.positive) return complain('the duration is zero', 'write a time of at least 1us');
    if (us > CLOCK_END_US && !bounds.beyondClock)
      return complain(`${input} is longer than the simulated clock runs`, 'stay under 4294s');
    return us;
  });
}

/** A frequency, in events per `unit`. */
export function rate(unit: 'second' | 'year') {
  const example = unit === 'second' ? '8.4/s' : '12/year';
  return quantity('a rate', example, (input) => {
    const perS = typeof input === 'string' ? parseRatePerS(input) : undefined;
    if (perS === undefined && typeof input === 'number')
      return complain(`the rate ${input} has no unit`, `write ${input}/s or ${input}/year`);
    if (perS === undefined) return Number.NaN;
    if (perS < 0) return complain(`the rate ${input} is negative`, 'a rate is zero or more');
    return unit === 'second' ? perS : perS * SECONDS_PER_YEAR;
  });
}

/** A share of a whole, 0..1, written `20%` or `0.2`. */
export function fraction() {
  return quantity('a percentage or a fraction', '20%', (input) => {
    const value = typeof input === 'string' ? parsePercent(input) : input;
    if (value === undefined) return Number.NaN;
    if (value < 0) return complain(`${input} is below 0`, 'write a percentage between 0% and 100%');
    if (value > 1)
      return typeof input === 'number'
        ? complain(`${input} is over 1`, `write ${input}% or a fraction between 0 and 1`)
        : complain(`${input} is over 100%`, 'write a percentage between 0% and 100%');
    return value;
  });
}

/** A plain number within bounds, both included. */
export function number(min: number, max = Number.POSITIVE_INFINITY) {
  const range = max === Number.POSITIVE_INFINITY ? `of at least ${min}` : `from ${min} to ${max}`;
  const example = `${max === Number.POSITIVE_INFINITY ? Math.max(min, 1) : max}`;
  const outside = (issue: { input?: unknown }) =>
    complain(`${issue.input} is out of bounds`, `write a number ${range}`);
  return z
    .number({ error: otherwise('a number', example) })
    .min(min, { error: outside })
    .max(max === Number.POSITIVE_INFINITY ? Number.MAX_VALUE : max, { error: outside });
}

/** A whole number within bounds, both included. */
export function count(min: number, max: number) {
  return number(min, max).refine(Number.isInteger, {
    error: (issue) => complain(`${issue.input} is not a whole number`, `write one from ${min} to ${max}`),
  });
}

/** Text that is not empty. */
export function text(expected: string, example: string) {
  const error = otherwise(expected, example);
  return z.string({ error }).min(1, { error });
}

/** The complaint about a word that is missing or is none of the known ones. */
export function noSuchWord(input: unknown, words: readonly string[], noun: string): string {
  if (input === undefined) return complain(MISSING, `add a ${noun}: ${words.join(', ')}`);
  return complain(`there is no ${noun} ${shown(input)}`, didYouMean(`${input}`, words, noun));
}

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words, noun: string) {
  return z.enum(words, { error: ({ input }) => noSuchWord(input, words, noun) });
}

/** A map with these keys and no others. */
export function map<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? complain(`unknown key '${issue.keys[0]}'`, didYouMean(issue.keys[0], Object.keys(shape), 'key'))
        : otherwise('a map', `{ ${Object.keys(shape)[0]}: ... }`)(issue),
  });
}

/** A map from names that the user chooses. */
export function named<Value extends z.ZodType>(value: Value, expected: string, example: string) {
  return z.record(z.string(), value, { error: otherwise(expected, example) });
}

/** A list of at least `min` and at most `max` items. */
export function list<Item extends z.ZodType>(item: Item, noun: string, max: number, min = 0) {
  return z
    .array(item, { error: otherwise(`a list of ${noun}`, '[ ... ]') })
    .min(min, { error: complain(`there are too few ${noun}`, `write at least ${min}`) })
    .max(max, { error: complain(`there are too many ${noun}`, `at most ${max} are simulated`) });
}

/** One of several forms. */
export function either<const Forms extends readonly [z.ZodType, ...z.ZodType[]]>(
  forms: Forms,
  expected: string,
  example: string,
) {
  return z.union(forms, { error: otherwise(expected, example) });
}

/** true or false. */
export function flag() {
  return z.boolean({ error: otherwise('true or false', 'true') });
}

type Issue = z.core.$ZodIssue;

/** A mistyped key is both unknown and missing: tell the unknown one. */
function first(issues: readonly Issue[]): Issue {
  return issues.find((issue) => !issue.message.startsWith(MISSING)) ?? issues[0];
}

/** How far into an alternative the input got before it differed; 0 where it is something else altogether. */
function likeness(issue: Issue): number {
  if (issue.message.startsWith(MISSING)) return 0;
  return issue.path.length + (issue.code === 'unrecognized_keys' || issue.code === 'custom' ? 1 : 0);
}

/** The issue to tell: of a union, the one from the alternative that the input resembles most. */
function sharpest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue;
  const alternatives = issue.errors.map((issues) => sharpest(first(issues)));
  const best = alternatives.reduce((a, b) => (likeness(b) > likeness(a) ? b : a));
  if (likeness(best) === 0) return issue;
  return { ...best, path: [...issue.path, ...best.path] } as Issue;
}

/**
 * The document as the schema types it.
 * @throws UserError at the first place where it differs.
 */
export function conform<Schema extends z.ZodType>(
  schema: Schema,
  source: YamlSource,
  root: Path = [],
): z.output<Schema> {
  const result = schema.safeParse(source.value);
  if (result.success) return result.data;
  const issue = sharpest(first(result.error.issues));
  const path = [...root, ...(issue.path as Path)];
  if (issue.code === 'unrecognized_keys') {
    const [what, mend] = splitComplaint(issue.message);
    throw source.keyError([...path, issue.keys[0]], what, mend);
  }
  throw source.complaint(path, issue.message);
}
