import { describe, expect, it } from 'vitest';
import { runKernel } from './testing/run';

/** Distance between a result and the exact value in units in the last place of f32. */
function ulps(result: number, exact: number): number {
  const size = Math.max(Math.abs(Math.fround(exact)), 2 ** -126);
  return Math.abs(result - exact) / 2 ** (Math.floor(Math.log2(size)) - 23);
}

function compute(call: string, xs: readonly number[], ys: readonly number[] = xs): Float32Array {
  const data = Float32Array.from([...xs, ...ys]);
  const out = new Float32Array(xs.length);
  const source = `@group(0) @binding(0) var<storage> x: array<f32>;
    @group(0) @binding(1) var<storage, read_write> out: array<f32>;
    @compute @workgroup_size(1) fn main(@builtin(global_invocation_id) id: vec3u) {
      let a = x[id.x]; let b = x[id.x + ${xs.length}u]; out[id.x] = ${call};
    }`;
  runKernel(source, { '0.0': data, '0.1': out }, { workgroups: [xs.length, 1, 1] });
  return out;
}

const grid = (from: number, to: number, count = 400): number[] =>
  Array.from({ length: count }, (_, i) => Math.fround(from + ((to - from) * (i + 0.5)) / count));

/** [function, domain, exact, allowed error in ULP as WGSL has it] */
const byUlp: [string, [number, number], (x: number) => number, (x: number) => number][] = [
  ['exp', [-80, 80], Math.exp, (x) => 3 + 2 * Math.abs(x)],
  ['exp2', [-120, 120], (x) => 2 ** x, (x) => 3 + 2 * Math.abs(x)],
  ['log', [2, 1e6], Math.log, () => 3],
  ['log', [1e-6, 0.5], Math.log, () => 3],
  ['log2', [2, 1e6], Math.log2, () => 3],
  ['inverseSqrt', [0.01, 100], (x) => 1 / Math.sqrt(x), () => 2],
  ['atan', [-20, 20], Math.atan, () => 4096],
  ['sinh', [-10, 10], Math.sinh, (x) => 8 + 2 * Math.abs(x)],
  ['cosh', [-10, 10], Math.cosh, (x) => 8 + 2 * Math.abs(x)],
  ['asinh', [0.5, 50], Math.asinh, () => 16],
];
const byDistance: [string, [number, number], (x: number) => number, number][] = [
  ['sin', [-Math.PI, Math.PI], Math.sin, 2 ** -20],
  ['cos', [-Math.PI, Math.PI], Math.cos, 2 ** -20],
  ['sin', [-3000, 3000], Math.sin, 2 ** -18],
  ['cos', [-3000, 3000], Math.cos, 2 ** -18],
  ['tan', [-1.5, 1.5], Math.tan, 2 ** -18],
  ['log', [0.5, 2], Math.log, 2 ** -21],
  ['log2', [0.5, 2], Math.log2, 2 ** -21],
  ['tanh', [-10, 10], Math.tanh, 1e-5],
  ['asin', [-1, 1], Math.asin, 6.81e-5],
  ['acos', [-1, 1], Math.acos, 6.76e-5],
  ['acosh', [1.1, 50], Math.acosh, 1e-5],
  ['atanh', [-0.9, 0.9], Math.atanh, 1e-5],
];

describe('f32 builtins are as accurate as WGSL asks', () => {
  it.each(byUlp)('%s on %j, in ULP', (name, [from, to], exact, allowed) => {
    const xs = grid(from, to);
    compute(`${name}(a)`, xs).forEach((result, i) => {
      expect(ulps(result, exact(xs[i])), `${name}(${xs[i]})`).toBeLessThanOrEqual(allowed(xs[i]));
    });
  });

  it.each(byDistance)('%s on %j, in absolute error', (name, [from, to], exact, allowed) => {
    const xs = grid(from, to);
    compute(`${name}(a)`, xs).forEach((result, i) => {
      expect(Math.abs(result - exact(xs[i])), `${name}(${xs[i]})`).toBeLessThanOrEqual(allowed);
    });
  });

  it('pow and atan2 of two arguments', () => {
    const [xs, ys] = [grid(0.1, 20), grid(-5, 5)];
    compute('pow(a, b)', xs, ys).forEach((result, i) => {
      const exact = xs[i] ** ys[i];
      expect(Math.abs(result / exact - 1)).toBeLessThan(4e-6);
    });
    compute('atan2(b, a - 10.0)', xs, ys).forEach((result, i) => {
      expect(Math.abs(result - Math.atan2(ys[i], Math.fround(xs[i] - 10)))).toBeLessThan(1e-6);
    });
  });

  it('cos is 1 at zero, sin is odd, and neither leaves [-1, 1] where digits run out', () => {
    expect([...compute('cos(a)', [0])]).toEqual([1]);
    const xs = grid(0, 50);
    const negated = compute('sin(-a)', xs);
    expect(compute('sin(a)', xs)).toEqual(negated.map((value) => -value));
    for (const call of ['sin(a)', 'cos(a)'])
      for (const value of compute(call, [1e7, -3e8, 1e30, 3e38]))
        expect(Math.abs(value)).toBeLessThanOrEqual(1);
    expect(compute('cos(a)', [Number.POSITIVE_INFINITY, Number.NaN])).toEqual(Float32Array.of(NaN, NaN));
  });

  it('log at the edges of its domain', () => {
    expect([...compute('log(a)', [0, Number.POSITIVE_INFINITY, 1])]).toEqual([-Infinity, Infinity, 0]);
    expect(compute('exp(a)', [200, -200])[0]).toBe(Infinity);
    expect(compute('exp(a)', [200, -200])[1]).toBe(0);
  });

  it('half floats round to nearest even both ways', () => {
    const xs = [1, 1 + 2 ** -11, 1 + 3 * 2 ** -11, 65504, 2 ** -24, 2 ** -25, -0.333];
    const expected = [1, 1, 1 + 2 ** -9, 65504, 2 ** -24, 0, -0.333007812];
    expect([...compute('quantizeToF16(a)', xs)]).toEqual(expected.map(Math.fround));
  });
});
