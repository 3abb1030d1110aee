import { describe, expect, it } from 'vitest';
import { UserError } from './user-error';
import { formatPath, parseYaml } from './yaml-source';

const SOURCE = parseYaml(
  [
    'base: &base',
    '  delay: 3ms',
    'links:',
    '  "a -> b": *base',
    '  list:',
    '    - one',
    '    - { two: 2 }',
  ].join('\n'),
  'x.yaml',
);

describe('a parsed document', () => {
  it('knows where its values and keys are', () => {
    expect(SOURCE.locate(['links', 'list', 1, 'two'])).toEqual({
      file: 'x.yaml',
      line: 7,
      column: 14,
      path: 'links.list[1].two',
    });
    expect(SOURCE.locateKey(['links', 'list', 1, 'two'])).toMatchObject({ line: 7, column: 9 });
  });

  it('follows aliases to where the value is written', () => {
    expect(SOURCE.locate(['links', 'a -> b', 'delay'])).toMatchObject({ line: 2, column: 10 });
  });

  it('places what is missing at its nearest ancestor', () => {
    expect(SOURCE.locate(['links', 'list', 7, 'two'])).toMatchObject({ line: 6, column: 5 });
  });

  it('tells errors with their place', () => {
    expect(String(SOURCE.complaint(['base', 'delay'], 'too long; write less; or nothing'))).toBe(
      'x.yaml:2:10: base.delay: too long; write less; or nothing',
    );
  });
});

describe('text that does not parse', () => {
  it.each([
    ['a: 1\n\tb: 2', 2, 1],
    ['a: 1\na: 2', 2, 1],
    ['a: 1\n---\nb: 2', 2, 1],
    ['a: "open', 1, 9],
  ])('%j', (text, line, column) => {
    let told: unknown;
    try {
      parseYaml(text, 'x.yaml');
    } catch (error) {
      told = error;
    }
    expect(told).toBeInstanceOf(UserError);
    expect((told as UserError).location).toMatchObject({ line, column });
  });
});

it('paths are written as one would in code', () => {
  expect(formatPath(['services', 'cart', 'calls', 0, 'a -> b'])).toBe('services.cart.calls[0]["a -> b"]');
});
