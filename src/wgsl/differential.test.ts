import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runBody } from './testing/run';

/** Random integer expressions: their text in WGSL, and their value by arithmetic on BigInt. */
interface Sample {
  readonly text: string;
  readonly value: (variables: readonly number[]) => number;
}

const wrap = (signed: boolean, x: bigint): number =>
  Number(signed ? BigInt.asIntN(32, x) : BigInt.asUintN(32, x));

type Operator = (a: bigint, b: bigint, signed: boolean) => bigint;
const operators: Record<string, Operator> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0n ? a : a / b),
  '%': (a, b, signed) => (b === 0n || (signed && b === -1n) ? 0n : a % b),
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
};
const comparisons: Record<string, (a: number, b: number) => boolean> = {
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
};

function expressions(signed: boolean): fc.Arbitrary<Sample> {
  const suffix = signed ? 'i' : 'u';
  const variable = fc.nat(3).map((i): Sample => ({ text: `v${i}`, value: (v) => v[i] }));
  const literal = fc
    .constantFrom(0, 1, 2, 7, 31, 255, 65536, 2147483647)
    .map((n): Sample => ({ text: `${n}${suffix}`, value: () => n }));
  return fc.letrec<{ any: Sample }>((tie) => {
    const any = tie('any');
    const binary = fc.tuple(fc.constantFrom(...Object.keys(operators)), any, any).map(
      ([op, a, b]): Sample => ({
        // A runtime zero keeps a constant division by zero, an error, from arising.
        text: `(${a.text} ${op} (${b.text} + zero))`,
        value: (v) => wrap(signed, operators[op](BigInt(a.value(v)), BigInt(b.value(v)), signed)),
      }),
    );
    const shift = fc.tuple(fc.constantFrom('<<', '>>'), any, any).map(
      ([op, a, b]): Sample => ({
        text: `((${a.text} + zero) ${op} bitcast<u32>(${b.text} + zero))`,
        value: (v) => {
          const by = BigInt(b.value(v) & 31);
          return wrap(signed, op === '<<' ? BigInt(a.value(v)) << by : BigInt(a.value(v)) >> by);
        },
      }),
    );
    const select = fc.tuple(fc.constantFrom(...Object.keys(comparisons)), any, any, any).map(
      ([op, a, b, c]): Sample => ({
        text: `select(${a.text}, ${c.text}, ${a.text} ${op} ${b.text})`,
        value: (v) => (comparisons[op](a.value(v), b.value(v)) ? c.value(v) : a.value(v)),
      }),
    );
    const minmax = fc.tuple(fc.constantFrom('min', 'max'), any, any).map(
      ([name, a, b]): Sample => ({
        text: `${name}(${a.text}, ${b.text})`,
        value: (v) => (name === 'min' ? Math.min : Math.max)(a.value(v), b.value(v)),
      }),
    );
    return { any: fc.oneof({ maxDepth: 5 }, variable, literal, binary, shift, select, minmax) };
  }).any;
}

const words = fc.array(
  fc.oneof(
    fc.constantFrom(0, 1, 0x7fffffff, 0x80000000, 0xffffffff),
    fc.integer({ min: 0, max: 0xffffffff }),
  ),
  {
    minLength: 4,
    maxLength: 4,
  },
);

describe('random programs', () => {
  it.each([
    ['u32', false],
    ['i32', true],
  ] as const)('of %s expressions compute what exact arithmetic does', (type, signed) => {
    const samples = fc.array(expressions(signed), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(samples, words, (programs, values) => {
        const variables = values.map((word) => wrap(signed, BigInt(word)));
        const declared = values.map((word, i) => `var v${i} = bitcast<${type}>(${word}u);`).join(' ');
        const stores = programs.map(({ text }, i) => `out[${i}] = bitcast<u32>(${text});`).join('\n');
        const out = runBody(`var zero: ${type}; ${declared}\n${stores}`, programs.length);
        expect([...out]).toEqual(programs.map(({ value }) => value(variables) >>> 0));
      }),
      { numRuns: 60 },
    );
  });

  it('compute the same as constants and at run time', () => {
    const f32 = fc.float({ min: -1000, max: 1000, noNaN: true }).map((x) => (Math.abs(x) < 1e-3 ? 1 : x));
    fc.assert(
      fc.property(
        f32,
        f32,
        fc.constantFrom('+', '-', '*', '/'),
        fc.constantFrom('floor', 'ceil', 'round', 'trunc', 'abs', 'sign'),
        (a, b, op, fn) => {
          const text = (x: string, y: string) => `bitcast<u32>(${fn}(${x} ${op} ${y}) + (${x} ${op} ${y}))`;
          const [x, y] = [`f32(${a})`, `f32(${b})`];
          const out = runBody(
            `var x = ${x}; var y = ${y}; out[0] = ${text('x', 'y')}; out[1] = ${text(x, y)};`,
            2,
          );
          // WGSL lets the sign of a zero go.
          const [atRunTime, constant] = [...out].map((word) => (word === 0x80000000 ? 0 : word));
          expect(atRunTime).toBe(constant);
        },
      ),
      { numRuns: 40 },
    );
  });
});
