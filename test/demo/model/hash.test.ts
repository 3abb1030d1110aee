import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashOf, settingsOf } from '../../../demo/state/hash';
import { DEFAULTS, RANGES, type Settings } from '../../../demo/state/settings';
import type { Interval } from '../../../demo/worker/api';

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const word = fc.stringMatching(/^[a-z0-9-]{1,40}$/);
const interval = fc
  .tuple(fc.integer({ min: -1e6, max: 1e6 - 1 }), fc.nat(999))
  .map(([from, more]): Interval => [from, Math.min(1e6, from + 1 + more)]);
const settings: fc.Arbitrary<Settings> = fc.record({
  scenario: word,
  engine: fc.constantFrom('auto', 'webgpu', 'wasm'),
  seed: fc.integer(RANGES.seed),
  population: fc.integer(RANGES.population),
  updates: fc.array(
    fc.record({
      generation: fc.nat(1000),
      update: fc.oneof(
        fc.record({ population: fc.integer(RANGES.population) }),
        fc.record({ mutation: fc.record({ probability: fc.double({ min: 0, max: 1, noNaN: true }) }) }),
        fc.record({ bounds: fc.array(orNull(fc.nat(10_000)), { maxLength: 3 }) }),
      ),
    }),
    { maxLength: 4 },
  ),
  generation: orNull(fc.integer(RANGES.generation)),
  faults: fc.array(fc.nat(63), { maxLength: 5 }),
  startMs: orNull(fc.integer(RANGES.startMs)),
  strength: fc.double({ ...RANGES.strength, noNaN: true }),
  rules: word,
  statistics: word,
  retryBudgetPercent: orNull(fc.integer(RANGES.retryBudgetPercent)),
  genes: orNull(fc.array(fc.nat(0xffffffff), { minLength: 1, maxLength: 40 })),
  fitness: orNull(
    fc.record({
      wgsl: fc.string({ unit: 'grapheme' }),
      algorithm: fc.constantFrom('genetic', 'cmaes', 'lshade', 'random'),
      domain: fc.record({ x: interval, y: interval }),
    }),
  ),
});

describe('the settings as a hash', () => {
  it('are read back as they were', () => {
    fc.assert(
      fc.property(settings, (before) => {
        // A zero below zero is written as zero.
        const expected = JSON.parse(JSON.stringify(before));
        const { settings: after, ignored } = settingsOf(`#${hashOf(before)}`);
        expect(JSON.parse(JSON.stringify(after))).toEqual(expected);
        expect(ignored).toEqual([]);
      }),
    );
  });

  it('at their defaults are nothing', () => {
    expect(hashOf(DEFAULTS)).toBe('');
    expect(settingsOf('')).toEqual({ settings: DEFAULTS, ignored: [] });
  });

  it('any text is read to settings in range, and what makes no sense is named', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.oneof(fc.constantFrom(...Object.keys(DEFAULTS)), fc.string()), fc.string()),
        (words) => {
          const { settings: read, ignored } = settingsOf(new URLSearchParams(words).toString());
          expect(settingsOf(hashOf(read)).settings).toEqual(read);
          for (const name of ignored) expect(words).toHaveProperty([name]);
        },
      ),
    );
  });

  it.each([
    ['updates', '[{"generation":1,"update":{"limits":{"generations":1}}}]'],
    ['updates', '[{"generation":1,"update":{"mutation":null}}]'],
    ['updates', '[{"generation":-1,"update":{}}]'],
    ['genes', '123'],
    ['fitness', '{"wgsl":"","algorithm":"cmaes","domain":{"x":[0,1]}}'],
    ['fitness', '{"wgsl":"","algorithm":"cmaes","domain":{"x":[0,1],"y":[1,1]}}'],
    ['fitness', '{"wgsl":"","algorithm":"toString","domain":{"x":[0,1],"y":[0,1]}}'],
    ['fitness', 'null'],
    ['strength', 'NaN'],
    ['population', '1000000'],
    ['constructor', 'x'],
  ])('refuses %s=%s', (name, text) => {
    const { settings: read, ignored } = settingsOf(new URLSearchParams({ [name]: text }).toString());
    expect(read).toEqual(DEFAULTS);
    expect(ignored).toEqual([name]);
  });
});
