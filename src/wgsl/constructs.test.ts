import { describe, expect, it } from 'vitest';
import { runBody, runKernel } from './testing/run';

/** [what, body of main, what `out` holds afterwards, module-scope declarations] */
type Case = readonly [what: string, body: string, out: readonly number[], module?: string];

const arithmetic: Case[] = [
  [
    'u32 wraps',
    'var x = 4294967295u; out[0] = x + 2u; out[1] = x * x; out[2] = 0u - out[0];',
    [1, 1, 4294967295],
  ],
  ['x / 0 is x', 'var z = 0u; out[0] = 7u / z; out[1] = 7u % z;', [7, 0]],
  [
    'the most negative i32 over -1',
    'var x = i32(-2147483648); var y = -1i; out[0] = u32(x / y); out[1] = u32(x % y); out[2] = u32(x / 0x7fffffff);',
    [2147483648, 0, 4294967295],
  ],
  [
    'signed division by zero',
    'var x = -7i; var z = 0i; out[0] = u32(-(x / z)); out[1] = u32(x % z);',
    [7, 0],
  ],
  ['division rounds to zero', 'var x = -7i; out[0] = u32(-(x / 2)); out[1] = u32(-(x % 2));', [3, 1]],
  [
    'shift amounts are taken modulo 32',
    'var s = 33u; out[0] = 3u << s; out[1] = u32(-8i >> s);',
    [6, 4294967292],
  ],
  ['f32 to u32 clamps', 'var x = 1e20f; out[0] = u32(x); out[1] = u32(-x);', [4294967040, 0]],
  [
    'f32 to i32 clamps',
    'var x = 1e20f; out[0] = u32(i32(x)); out[1] = u32(i32(-x));',
    [2147483520, 2147483648],
  ],
  ['f32 remainder', 'var x = -7.5f; out[0] = bitcast<u32>(x % 2.0);', [0xbfc00000]],
  [
    'comparisons are signed by type',
    'var x = 4294967295u; out[0] = u32(x > 1u); out[1] = u32(i32(x) > 1);',
    [1, 0],
  ],
  [
    'constants are exact',
    'const c = 1 << 40; out[0] = u32((c + 3) / (1 << 38)); out[1] = u32(0x1.8p3);',
    [4, 12],
  ],
  ['hexadecimal and suffixed literals', 'out[0] = 0xffu + 1u; out[1] = u32(1.5e1f);', [256, 15]],
];

const control: Case[] = [
  [
    'if, else if, else',
    'for (var i = 0u; i < 3u; i++) { if (i == 0u) { out[i] = 5u; } else if i == 1u { out[i] = 6u; } else { out[i] = 7u; } }',
    [5, 6, 7],
  ],
  [
    'while with break and continue',
    'var i = 0u; while (true) { i++; if (i == 3u) { continue; } if (i > 5u) { break; } out[0] += i; }',
    [12],
  ],
  [
    'loop with continuing and break if',
    'var i = 0u; loop { if (i == 2u) { continue; } out[0] += i; continuing { i++; break if i == 5u; } }',
    [8],
  ],
  [
    'continuing sees the body',
    'var n = 0u; loop { let step = n + 1u; continuing { n += step; break if n > 10u; } } out[0] = n;',
    [15],
  ],
  [
    'switch: dense, default in the middle',
    'for (var i = 0u; i < 5u; i++) { switch i { case 0, 1: { out[i] = 1u; } default: { out[i] = 9u; } case 3u { out[i] = 3u; } case 2: { out[i] = 2u; break; } } }',
    [1, 1, 2, 3, 9],
  ],
  [
    'switch: far apart, negative',
    'var x = i32(-2147483648); for (var i = 0u; i < 3u; i++) { switch x { case -2147483648: { out[i] = 1u; x = 1000000; } case 1000000 { out[i] = 2u; x = 7; } default { out[i] = 3u; } } }',
    [1, 2, 3],
  ],
  [
    'continue inside a switch',
    'for (var i = 0u; i < 4u; i++) { switch i { case 1u: { continue; } default: {} } out[0] += i; }',
    [5],
  ],
  [
    '&& and || stop early',
    'let a = bump(false) && bump(true); let b = bump(true) || bump(true); out[0] = g; out[1] = u32(a) + 2u * u32(b);',
    [2, 2],
    'var<private> g: u32; fn bump(x: bool) -> bool { g++; return x; }',
  ],
  [
    'operands are evaluated left to right',
    'out[0] = next() * 10u + next() - next(); out[1] = g + next();',
    [9, 7],
    'var<private> g: u32; fn next() -> u32 { g++; return g; }',
  ],
  [
    'early return',
    'out[0] = f(1u) + f(5u) * 10u;',
    [21],
    'fn f(x: u32) -> u32 { for (var i = 0u; ; i++) { if (i == x) { return i; } if (i > 1u) { return i; } } }',
  ],
  [
    'a loop variable starts anew',
    'for (var i = 0u; i < 3u; i++) { var x: u32; x += i; out[i] = x; }',
    [0, 1, 2],
  ],
  [
    'shadowing',
    'var x = 1u; { var x = 2u; x++; out[0] = x; } out[1] = x; let y = x; { let y = y + 1u; out[2] = y; }',
    [3, 1, 2],
  ],
  [
    'phony assignment evaluates',
    '_ = bump(); _ = g; out[0] = g;',
    [1],
    'var<private> g: u32; fn bump() -> u32 { g++; return g; }',
  ],
];

const memory: Case[] = [
  [
    'pointer parameter to a local',
    'var s = 3u; twice(&s); twice(&s); out[0] = s;',
    [12],
    'fn twice(p: ptr<function, u32>) { *p = *p + *p; }',
  ],
  [
    'pointer to a member and to an element',
    'var s = S(1u, array<u32, 8>()); add(&s.a); for (var i = 0u; i < 3u; i++) { add(&s.b[i * 2u]); } out[0] = s.a; out[1] = s.b[4]; out[2] = s.b[3];',
    [2, 1, 0],
    'struct S { a: u32, b: array<u32, 8> } fn add(p: ptr<function, u32>) { *p += 1u; }',
  ],
  [
    'pointer to an array indexed inside',
    'var a: array<u32, 6>; fill(&a, 6u); out[0] = a[5] + a[1];',
    [26],
    'fn fill(p: ptr<function, array<u32, 6>>, n: u32) { for (var i = 0u; i < n; i++) { (*p)[i] = i * i; } }',
  ],
  ['let pointer', 'var v = vec3u(1, 2, 3); let p = &v; (*p).y = 9u; p.z = 8u; out[0] = v.y + v.z;', [17]],
  [
    'private variables and their initial values',
    'out[0] = g + h[2]; g = 1u;',
    [14],
    'var<private> g: u32 = 5u; var<private> h = array<u32, 3>(7u, 8u, 9u);',
  ],
  [
    'indices are clamped',
    'var i = 100u; var a = array<u32, 5>(1u, 2u, 3u, 4u, 5u); out[0] = a[i]; a[i] = 50u; out[1] = a[4]; var j = -1i; out[2] = a[j];',
    [5, 50, 50],
  ],
  [
    'vector and matrix indices',
    'var i = 2u; var v = vec4u(5, 6, 7, 8); v[i] += 1u; out[0] = v[i]; var m = mat2x2f(1, 2, 3, 4); i = 1u; m[i][i] = 9.0; out[1] = u32(m[i].y + m[0][i]);',
    [8, 11],
  ],
  [
    'constant tables',
    'for (var i = 0u; i < 3u; i++) { out[i] = t[i * 9u]; }',
    [1, 10, 19],
    `const t = array<u32, 20>(${Array.from({ length: 20 }, (_, i) => `${i + 1}`)});`,
  ],
  [
    'struct values',
    'let a = make(4u); var b = a; b.v.y = 1.5; out[0] = a.n + u32(a.v.y * 2.0) + u32(b.v.y * 2.0);',
    [11],
    'struct P { n: u32, v: vec2f } fn make(n: u32) -> P { return P(n, vec2f(f32(n) / 2.0, 2.0)); }',
  ],
  [
    'swap of vector components',
    'var v = vec3u(1, 2, 3); v = v.zxy; out[0] = v.x * 100u + v.y * 10u + v.z;',
    [312],
  ],
  [
    'swizzle assignment',
    'var v = vec3u(1, 2, 3); v.zx = vec2u(7, 8); v.xy += vec2u(1, 1); out[0] = v.x * 100u + v.y * 10u + v.z;',
    [937],
  ],
  [
    'array of arrays',
    'var a: array<array<u32, 3>, 4>; for (var i = 0u; i < 12u; i++) { a[i / 3u][i % 3u] = i; } let b = a; out[0] = b[3][1] + a[2][2];',
    [18],
  ],
  ['workgroup memory is zero at first', 'out[0] = w[3]; w[3] = 1u;', [0], 'var<workgroup> w: array<u32, 8>;'],
  [
    'override-sized workgroup array',
    'w[N - 1] = 4u; out[0] = w[100] + N;',
    [10],
    'override N: u32 = 6; var<workgroup> w: array<u32, N>;',
  ],
  [
    'big arrays are copied',
    'var a: array<u32, 100>; a[99] = 3u; var b = a; b[99]++; out[0] = a[99] * 10u + b[99];',
    [34],
  ],
];

const numeric: Case[] = [
  [
    'integer builtins',
    'var x = 0x00f0u; out[0] = countLeadingZeros(x) + 100u * countTrailingZeros(x); out[1] = countOneBits(x); out[2] = reverseBits(x); out[3] = firstLeadingBit(x) + 100u * firstTrailingBit(x);',
    [424, 4, 0x0f000000, 407],
  ],
  [
    'bit fields',
    'var x = 0xabcdu; out[0] = extractBits(x, 4u, 8u); out[1] = insertBits(x, 0u, 4u, 8u); out[2] = u32(extractBits(i32(x), 12u, 4u)); out[3] = extractBits(x, 40u, 8u);',
    [0xbc, 0xa00d, 0xfffffffa, 0],
  ],
  [
    'min, max, clamp, abs, sign',
    'var x = -5i; out[0] = u32(min(x, 3) + 6); out[1] = u32(clamp(x, -2, 2) + 3); out[2] = u32(abs(x)); out[3] = u32(sign(x) + 2); out[4] = max(3u, u32(-x));',
    [1, 1, 5, 1, 5],
  ],
  [
    'select, all, any',
    'var v = vec3u(1, 2, 3); out[0] = select(4u, 5u, all(v > vec3u(0))); out[1] = u32(any(v > vec3u(2))); let s = select(v, v + 10u, v == vec3u(2)); out[2] = s.x + s.y;',
    [5, 1, 13],
  ],
  [
    'packing',
    'var v = vec4f(1.0, -1.0, 0.5, 0.0); out[0] = pack4x8snorm(v); out[1] = u32(unpack4x8unorm(0xff00u).y); out[2] = pack2x16float(vec2f(1.0, -2.0)); out[3] = dot4U8Packed(0x01020304u, out[1] * 0x01010101u); out[4] = pack4xU8(vec4u(1, 2, 3, 300));',
    [0x0040817f, 1, 0xc0003c00, 10, 0x2c030201],
  ],
  [
    'rounding',
    'var x = 2.5f; out[0] = u32(round(x)); out[1] = u32(round(x + 1.0)); out[2] = u32(ceil(x)); out[3] = u32(fract(x) * 8.0); out[4] = u32(trunc(x));',
    [2, 4, 3, 4, 2],
  ],
  [
    'frexp and ldexp',
    'var x = 12.0f; let r = frexp(x); out[0] = u32(r.exp); out[1] = u32(ldexp(r.fract, 5)); let m = modf(x + 0.25); out[2] = u32(m.whole); out[3] = u32(m.fract * 8.0);',
    [4, 24, 12, 2],
  ],
  [
    'matrices',
    'var m = mat2x3f(1, 2, 3, 4, 5, 6); let v = m * vec2f(1, 10); out[0] = u32(v.z); out[1] = u32((vec3f(1, 1, 1) * m).y); out[2] = u32((transpose(m) * m)[1][1]); out[3] = u32(determinant(mat2x2f(3, 1, 2, 4)));',
    [63, 15, 77, 10],
  ],
  [
    'geometry',
    'var a = vec3f(3, 4, 0); out[0] = u32(length(a)); out[1] = u32(cross(a, vec3f(0, 0, 1)).x); out[2] = u32(distance(a, vec3f(0, 0, 12))); out[3] = u32(normalize(a).y * 10.0); out[4] = u32(mix(1.0, 3.0, 0.5));',
    [5, 4, 13, 8, 2],
  ],
  [
    'conversions',
    'var b = true; out[0] = u32(b) + u32(f32(b)) + u32(bool(2u)); out[1] = bitcast<u32>(vec2f(1.0, 2.0).y); out[2] = u32(vec2u(vec2f(3.7, 1.0)).x); out[3] = u32(i32(b));',
    [3, 0x40000000, 3, 1],
  ],
  [
    'atomics',
    'atomicStore(&a, 5u); out[0] = atomicAdd(&a, 3u); out[1] = atomicMax(&a, 20u); out[2] = atomicMin(&a, 4u); let r = atomicCompareExchangeWeak(&a, 4u, 9u); out[3] = u32(r.exchanged) + r.old_value; out[4] = atomicExchange(&a, 1u); out[5] = atomicLoad(&a) + atomicSub(&a, 1u); out[6] = atomicOr(&a, 6u); out[7] = atomicXor(&a, 3u) + atomicAnd(&a, 4u);',
    [5, 8, 20, 5, 9, 2, 0, 11],
    'var<workgroup> a: atomic<u32>;',
  ],
];

for (const [group, cases] of Object.entries({ arithmetic, control, memory, numeric }))
  describe(group, () => {
    it.each(cases.map(([what, body, out, module]) => ({ what, body, out, module })))(
      '$what',
      ({ body, out, module }) => {
        expect([...runBody(body, out.length, module)]).toEqual(out);
        expect([...runBody(body, out.length, module, { sharedMemory: true })]).toEqual(out);
      },
    );
  });

describe('entry points', () => {
  it('gives every invocation its place in the grid', () => {
    const out = new Uint32Array(2 * 3 * 4 * 2);
    const source = `@group(0) @binding(0) var<storage, read_write> out: array<u32>;
      @compute @workgroup_size(2, 1, 2) fn main(@builtin(global_invocation_id) id: vec3u,
        @builtin(num_workgroups) n: vec3u, @builtin(local_invocation_index) local: u32, @builtin(workgroup_id) w: vec3u) {
        let width = n.x * 2u;
        out[id.x + id.y * width + id.z * width * n.y] = id.x + 10u * id.y + 100u * id.z + 1000u * local + 10000u * w.z;
      }`;
    runKernel(source, { '0.0': out }, { workgroups: [2, 3, 2] });
    const expected = [...out.keys()].map((i) => {
      const [x, y, z] = [i % 4, Math.floor(i / 4) % 3, Math.floor(i / 12)];
      return x + 10 * y + 100 * z + 1000 * ((x % 2) + 2 * (z % 2)) + 10000 * Math.floor(z / 2);
    });
    expect([...out]).toEqual(expected);
  });

  it('takes inputs in a struct, and private memory starts afresh in each invocation', () => {
    const out = new Uint32Array(4);
    const source = `struct In { @builtin(global_invocation_id) id: vec3u }
      var<private> count: u32; @group(0) @binding(0) var<storage, read_write> out: array<u32>;
      @compute @workgroup_size(4) fn main(in: In) { count++; out[in.id.x] = count; }`;
    runKernel(source, { '0.0': out });
    expect([...out]).toEqual([1, 1, 1, 1]);
  });

  it('reads uniforms by their layout, arrays by the bound length', () => {
    const uniform = new Float32Array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    const out = new Float32Array(5);
    const source = `struct U { a: f32, b: vec3f, m: array<vec4f, 1> }
      @group(1) @binding(2) var<uniform> u: U;
      @group(0) @binding(0) var<storage, read_write> out: array<f32>;
      @compute @workgroup_size(1) fn main() {
        out[0] = u.a + u.b.z + u.m[0].w; out[1] = f32(arrayLength(&out)); out[99] = 7;
      }`;
    runKernel(source, { '1.2': uniform, '0.0': out });
    expect([...out]).toEqual([1 + 7 + 12, 5, 0, 0, 7]);
  });

  it('takes overrides by name and by id', () => {
    const out = new Uint32Array(4);
    const source = `override size: u32 = 1; @id(7) override scale = 2u; override both = size * scale;
      @group(0) @binding(0) var<storage, read_write> out: array<u32>;
      @compute @workgroup_size(size) fn main(@builtin(global_invocation_id) id: vec3u) { out[id.x] = both; }`;
    runKernel(source, { '0.0': out }, { constants: { size: 3, 7: 5 } });
    expect([...out]).toEqual([15, 15, 15, 0]);
  });
});
