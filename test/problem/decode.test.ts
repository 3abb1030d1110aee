import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeOnEngines } from '../../src/gpu/testing/engines';
import {
  decode,
  decodeWgsl,
  defineSpace,
  encode,
  levelsOf,
  type Space,
  SpaceError,
  type Variable,
  vector,
} from '../../src/space';
import { useEngine } from './engine';

const CANDIDATES = 64;

const bounds = (arbitrary: fc.Arbitrary<number>) =>
  fc
    .tuple(arbitrary, arbitrary)
    .map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }))
    .filter(({ min, max }) => max - min > 1e-3 * Math.max(-min, max));

/** Ends that people write, in few digits. */
const decimal = fc
  .tuple(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: -6, max: 4 }))
  .map(([mantissa, exponent]) => Number(`${mantissa}e${exponent}`));

const variable: fc.Arbitrary<Variable> = fc.oneof(
  bounds(decimal).map((r) => ({ name: 'v', type: 'float' as const, scale: 'linear' as const, ...r })),
  bounds(fc.double({ min: 1e-6, max: 1e9, noNaN: true })).map((r) => ({
    name: 'v',
    type: 'float' as const,
    scale: 'log' as const,
    ...r,
  })),
  bounds(fc.integer()).map((r) => ({ name: 'v', type: 'integer' as const, scale: 'linear' as const, ...r })),
  bounds(fc.integer({ min: 1 })).map((r) => ({
    name: 'v',
    type: 'integer' as const,
    scale: 'log' as const,
    ...r,
  })),
  fc
    .uniqueArray(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 20 })
    .map((values) => ({ name: 'v', type: 'ordered' as const, values: values.sort((a, b) => a - b) }))
    .filter(({ values }) => new Set(values).size === values.length),
  fc.integer({ min: 1, max: 300 }).map((count) => ({
    name: 'v',
    type: 'category' as const,
    values: Array.from({ length: count }, (_, i) => i),
  })),
  fc.constant({ name: 'v', type: 'switch' as const }),
);

const space = fc
  .array(variable, { minLength: 1, maxLength: 8 })
  .map((variables) => defineSpace(variables.map((v, i) => ({ ...v, name: `v${i}` }))));

const gene = fc.oneof(fc.integer({ min: 0, max: 0xffffffff }), fc.constantFrom(0, 1, 0x80000000, 0xffffffff));

/** Statements that store each member as a word. */
function storeMembers({ variables }: Space): string {
  return variables
    .map(({ name, type }, i) => {
      const member = `c.${name}`;
      const word =
        type === 'switch'
          ? `select(0u, 1u, ${member})`
          : type === 'category'
            ? member
            : `bitcast<u32>(${member})`;
      return `out[id.x * ${variables.length}u + ${i}u] = ${word};`;
    })
    .join('\n');
}

describeOnEngines('decodeWgsl', (under) => {
  const engine = useEngine(under);
  const runs = under.name === 'WebAssembly inline' ? 40 : 4;

  /** Every member of every candidate, in the order of the genes. */
  async function decodeOnDevice(of: Space, genes: Uint32Array): Promise<number[]> {
    const { wgsl, tables } = decodeWgsl(of);
    const width = of.variables.length;
    const code = `${wgsl}
      @group(0) @binding(0) var<storage, read> genes: array<u32>;
      @group(0) @binding(1) var<storage, read> decode_tables: array<u32>;
      @group(0) @binding(2) var<storage, read_write> out: array<u32>;
      @compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
        _ = &decode_tables;
        let c = decode_candidate(id.x * ${width}u);
        ${storeMembers(of)}
      }`;
    const kernel = await engine().kernel({ label: 'decode', code, entryPoint: 'main' });
    const output = engine().scratch('decoded', genes.byteLength);
    const buffers = [engine().resident('genes', genes), engine().resident('tables', tables), output];
    const dispatch = { kernel, buffers, workgroups: [genes.length / width / 64] as const };
    const [words] = await engine().submit([dispatch], [{ buffer: output, byteLength: genes.byteLength }]);
    return [...words].map((word, i) => readWord(of.variables[i % width], word));
  }

  it('decodes what decode does, floats to the nearest f32', async () => {
    await fc.assert(
      fc.asyncProperty(
        space,
        fc.array(gene, { minLength: 8, maxLength: 8 * CANDIDATES }),
        async (of, some) => {
          const width = of.variables.length;
          const genes = Uint32Array.from(
            { length: CANDIDATES * width },
            (_, i) => some[i % some.length] ^ (i >> 5),
          );
          const expected = Array.from({ length: CANDIDATES }, (_, i) => decode(of, genes, i)).flat();
          const rounded = expected.map((value, i) =>
            isReal(of.variables[i % width]) ? Math.fround(value) : value,
          );
          // Zero has two signs and one value.
          expect((await decodeOnDevice(of, genes)).map((v) => v + 0)).toEqual(rounded.map((v) => v + 0));
        },
      ),
      { numRuns: runs, seed: 7 },
    );
  });

  it('decodes a binary grid to within 2^-23 of its larger end, and its ends exactly', async () => {
    await fc.assert(
      fc.asyncProperty(
        bounds(decimal),
        fc.array(gene, { minLength: CANDIDATES, maxLength: CANDIDATES }),
        async (r, some) => {
          const of = defineSpace([{ name: 'v', type: 'float', scale: 'linear', grid: 'binary', ...r }]);
          const genes = Uint32Array.from(some);
          genes.set([0, 0xffffffff]);
          const values = await decodeOnDevice(of, genes);
          const bound = 2 ** -23 * Math.max(Math.abs(r.min), Math.abs(r.max));
          for (const [i, value] of values.entries()) {
            expect(Math.abs(value - decode(of, genes, i)[0])).toBeLessThanOrEqual(bound);
          }
        },
      ),
      { numRuns: runs, seed: 7 },
    );
  });

  it('takes a table where f32 arithmetic would not round as a literal does', async () => {
    const of = defineSpace([
      { name: 'v', type: 'float', min: 123456.7891, max: 123460.1234, scale: 'linear' },
    ]);
    expect(decodeWgsl(of).tables.length).toBe(levelsOf(of.variables[0]).count);
    const genes = Uint32Array.from({ length: CANDIDATES }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 0);
    const rounded = Array.from(genes, (_, i) => Math.fround(decode(of, genes, i)[0]));
    expect(await decodeOnDevice(of, genes)).toEqual(rounded);
  });

  it('keeps the digits of values near zero', async () => {
    for (const r of [
      { min: 0, max: 1 },
      { min: -5, max: 5 },
    ]) {
      const of = defineSpace([{ name: 'v', type: 'float', scale: 'linear', grid: 'binary', ...r }]);
      const genes = new Uint32Array(64).fill(encode(of, [1e-7])[0]);
      const [value] = await decodeOnDevice(of, genes);
      expect(Math.abs(value / decode(of, genes, 0)[0] - 1)).toBeLessThan(1e-6);
    }
  });
});

function isReal({ type }: Variable): boolean {
  return type === 'float' || type === 'ordered';
}

function readWord(variable: Variable, word: number): number {
  if (isReal(variable)) return new Float32Array(Uint32Array.of(word).buffer)[0];
  return variable.type === 'integer' ? word | 0 : word;
}

it('names that WGSL does not have, and arrays with gaps, are refused', () => {
  const unit = { type: 'float', min: 0, max: 1, scale: 'linear' } as const;
  for (const names of [
    ['time out'],
    ['_'],
    ['__x'],
    ['1st'],
    ['x[1]'],
    ['x[0]', 'x[2]'],
    ['x[0]', 'y', 'x[1]'],
    ['x', 'x[0]'],
  ]) {
    const of = defineSpace(names.map((name) => ({ name, ...unit })));
    expect(() => decodeWgsl(of), names.join()).toThrow(SpaceError);
  }
});

it('numbers that WGSL does not have are refused', () => {
  for (const v of [
    { name: 'v', type: 'float', min: 0, max: 1e39, scale: 'linear' },
    { name: 'v', type: 'ordered', values: [0, 1e60] },
    { name: 'v', type: 'integer', min: 0, max: 2 ** 31, scale: 'linear' },
  ] satisfies Variable[]) {
    expect(() => decodeWgsl(defineSpace([v]))).toThrow(SpaceError);
  }
});

it('vectors name their elements', () => {
  expect(vector('x', 2, { type: 'switch' })).toEqual([
    { name: 'x[0]', type: 'switch' },
    { name: 'x[1]', type: 'switch' },
  ]);
});
