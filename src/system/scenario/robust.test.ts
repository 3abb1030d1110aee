import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseYaml, UserError } from '../../text';
import { SHOP_YAML } from '../testing/shop';
import { loadScenario } from './load';

const SHOP = parseYaml(SHOP_YAML, 'shop.yaml').value;
const LINES = SHOP_YAML.split('\n');

/** What a scenario may hold where something else belongs. */
const JUNK: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null,
    true,
    '',
    '-1s',
    '3 parsecs',
    '150%',
    'off',
    'x -> y',
    'a/b',
    -1,
    0,
    0.5,
    1e12,
    Number.NaN,
  ),
  fc.constantFrom<unknown>([], {}, [1, 2], { a: 1 }, [[]], { call: 'cart/get' }, [{ field: 'timeout' }]),
  fc.string({ maxLength: 8 }),
);

/** Every path in a document. */
function pathsIn(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const keys = Array.isArray(value) ? value.map((_, i) => i) : Object.keys(value);
  return [path, ...keys.flatMap((key) => pathsIn((value as never)[key], [...path, key]))];
}

function replaceAt(value: unknown, path: readonly (string | number)[], by: unknown): unknown {
  if (path.length === 0) return by;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >;
  copy[path[0]] = replaceAt(copy[path[0]], path.slice(1), by);
  return copy;
}

/** Loads, and where that fails checks that the failure names place and mend. */
function loadOrTell(yaml: string): void {
  try {
    loadScenario(yaml, 'shop.yaml');
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    const { what, mend, location } = error as UserError;
    expect(what).not.toBe('');
    expect(mend).not.toBe('');
    expect(location!.line).toBeGreaterThanOrEqual(1);
    expect(location!.line).toBeLessThanOrEqual(yaml.split('\n').length);
    // Zod's own words would be no help to someone who writes YAML.
    expect(`${what} ${mend}`).not.toMatch(/Invalid (input|option)|Too (big|small)|undefined|\[object/);
  }
}

it('any value replaced by anything is loaded, or told with its place and its mend', () => {
  fc.assert(
    fc.property(fc.constantFrom(...pathsIn(SHOP)), JUNK, (path, junk) => {
      loadOrTell(stringify(replaceAt(SHOP, path, junk)));
    }),
    { numRuns: 250 },
  );
});

it('so is any line left out, or cut short', () => {
  fc.assert(
    fc.property(fc.nat(LINES.length - 1), fc.nat(30), fc.boolean(), (line, column, whole) => {
      loadOrTell(LINES.toSpliced(line, 1, ...(whole ? [] : [LINES[line].slice(0, column)])).join('\n'));
    }),
    { numRuns: 100 },
  );
});
