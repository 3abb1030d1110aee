import { expect, it } from 'vitest';
import pair from '../../shaders/benchmark/pair.wgsl?raw';
import { describeOnEngines } from '../../src/gpu/testing/engines';
import { seedKey, threefry2x32 } from '../../src/math';
import { useEngine } from './engine';

const COUNT = 2000;

/** Reproducible numbers from `low` to `high`, as the f64 sums of two f32 that the kernel gets. */
function numbers(stream: number, low: number, high: number): Float64Array {
  return Float64Array.from({ length: COUNT }, (_, i) => {
    const [a, b] = threefry2x32(seedKey(stream), [i, 0]);
    const value = low + (high - low) * ((a + b / 2 ** 32) / 2 ** 32);
    const rounded = Math.fround(value);
    return rounded + Math.fround(value - rounded);
  });
}

function toPairs(values: Float64Array): Uint32Array {
  const pairs = new Float32Array(2 * values.length);
  for (const [i, value] of values.entries()) pairs.set([value, value - Math.fround(value)], 2 * i);
  return new Uint32Array(pairs.buffer);
}

describeOnEngines('pairs of f32', (under) => {
  const engine = useEngine(under);

  /** What the kernel makes of `expression` of a and b. */
  async function evaluate(expression: string, a: Float64Array, b: Float64Array): Promise<Float64Array> {
    const code = `${pair}
      @group(0) @binding(0) var<storage, read> first: array<vec2f>;
      @group(0) @binding(1) var<storage, read> second: array<vec2f>;
      @group(0) @binding(2) var<storage, read_write> results: array<vec2f>;
      @compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
        if (id.x >= arrayLength(&results)) { return; }
        let a = first[id.x];
        let b = second[id.x];
        results[id.x] = ${expression};
      }`;
    const kernel = await engine().kernel({ label: expression, code, entryPoint: 'main' });
    const output = engine().scratch(expression, COUNT * 8);
    const buffers = [engine().resident('a', toPairs(a)), engine().resident('b', toPairs(b)), output];
    const [words] = await engine().submit(
      [{ kernel, buffers, workgroups: [Math.ceil(COUNT / 64)] }],
      [{ buffer: output, byteLength: COUNT * 8 }],
    );
    const parts = new Float32Array(words.buffer);
    return Float64Array.from({ length: COUNT }, (_, i) => parts[2 * i] + parts[2 * i + 1]);
  }

  const cases: [
    expression: string,
    reference: (a: number, b: number) => number,
    low: number,
    high: number,
    error: number,
  ][] = [
    ['pair_add(a, b)', (a, b) => a + b, -100, 100, 1e-11],
    ['pair_multiply(a, b)', (a, b) => a * b, -10, 10, 1e-12],
    ['pair_divide(a, b)', (a, b) => a / b, 1, 10, 1e-12],
    ['pair_sqrt(a)', (a) => Math.sqrt(a), 0, 100, 1e-11],
    ['pair_log(a)', (a) => Math.log(a), 1e-3, 50, 1e-10],
    ['pair_exp(a)', (a) => Math.exp(a), -5, 2, 1e-9],
    ['pair_sin(a)', (a) => Math.sin(a), -1000, 1000, 1e-8],
    ['pair_fraction(a)', (a) => a - Math.round(a), -1000, 1000, 1e-10],
  ];

  for (const [expression, reference, low, high, error] of cases) {
    it(`${expression} is within ${error}`, async () => {
      const a = numbers(1, low, high);
      const b = numbers(2, low, high);
      const results = await evaluate(expression, a, b);
      const worst = results.reduce((most, r, i) => Math.max(most, Math.abs(r - reference(a[i], b[i]))), 0);
      expect(worst).toBeLessThan(error);
    });
  }
});
