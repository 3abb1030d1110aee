import { describe, expect, it } from 'vitest';
import { runBody, runKernel } from './testing/run';

/** Statements enough to keep a function that is called twice from being inlined. */
const padding = 'var pad = 1u; '.concat('pad = pad * 3u + 1u; pad ^= pad >> 2u; '.repeat(8), 'g_sink = pad;');
const sink = 'var<private> g_sink: u32;';

describe('functions that stay functions', () => {
  it('hand back what they wrote through pointers to locals', () => {
    const module = `${sink}
      struct S { n: u32, v: vec2f }
      fn step(p: ptr<function, S>, by: u32) -> u32 { ${padding} let old = (*p).n; (*p).n += by; p.v.y = f32(by); return old; }`;
    const body = `var s = S(5u, vec2f(1.0)); out[0] = step(&s, 2u) * 100u + step(&s, 3u);
      out[1] = s.n; out[2] = u32(s.v.y); out[3] = u32(s.v.x);`;
    expect([...runBody(body, 4, module)]).toEqual([507, 10, 3, 1]);
  });

  it('take the address of what lies in memory, and pass it on', () => {
    const module = `${sink}
      fn put(p: ptr<function, array<u32, 20>>, i: u32, x: u32) { ${padding} (*p)[i] += x; }
      fn twice(p: ptr<function, array<u32, 20>>, i: u32) { ${padding} put(p, i, 1u); put(p, i + 1u, 2u); }`;
    const body = `var a: array<u32, 20>; var b: array<u32, 20>; twice(&a, 3u); twice(&a, 4u); twice(&b, 30u);
      out[0] = a[3]; out[1] = a[4]; out[2] = a[5]; out[3] = b[19];`;
    expect([...runBody(body, 4, module)]).toEqual([1, 3, 2, 3]);
  });

  it('point into an element whose index is computed once', () => {
    const module = `${sink} fn add(p: ptr<function, u32>) { ${padding} *p += 1u; }
      fn next(p: ptr<function, u32>) -> u32 { ${padding} *p += 1u; return *p; }`;
    const body = `var a: array<u32, 9>; var i = 0u; add(&a[next(&i)]); add(&a[next(&i)]); out[0] = a[1] + a[2] * 10u; out[1] = i;`;
    expect([...runBody(body, 2, module)]).toEqual([11, 2]);
  });

  it('reach buffers, private, workgroup and constant memory by themselves', () => {
    const table = Array.from({ length: 20 }, (_, i) => `${i * i}u`);
    const source = `${sink}
      const squares = array<u32, 20>(${table});
      var<private> count = 3u; var<private> big: array<u32, 80>; var<workgroup> shared_word: u32;
      @group(0) @binding(0) var<storage, read_write> out: array<u32>;
      @group(0) @binding(1) var<storage> other: array<u32>;
      fn work(i: u32) -> u32 { ${padding} count++; big[i] += count; shared_word += 1u; out[i] = big[i] + other[i + 1u] + squares[i]; return arrayLength(&other); }
      @compute @workgroup_size(1) fn main() { out[5] = work(1u) + work(2u); out[6] = count + 10u * shared_word; }`;
    const out = new Uint32Array(8);
    runKernel(source, { '0.0': out, '0.1': Uint32Array.of(10, 20, 30) });
    expect([...out]).toEqual([0, 4 + 30 + 1, 5 + 30 + 4, 0, 0, 6, 25, 0]);
  });

  it('take pointers to buffers and to runtime-sized arrays', () => {
    const source = `${sink}
      struct B { head: u32, items: array<array<u32, 2>> }
      @group(0) @binding(0) var<storage, read_write> b: B;
      fn fill(p: ptr<storage, array<array<u32, 2>>, read_write>, x: u32) { ${padding} for (var i = 0u; i < arrayLength(p); i++) { (*p)[i][1] += x + i; } (*p)[99][0] += 1u; }
      fn bump(p: ptr<storage, u32, read_write>) { ${padding} *p += 1u; }
      @compute @workgroup_size(1) fn main() { fill(&b.items, 10u); fill(&b.items, 20u); bump(&b.head); bump(&b.items[1][0]); }`;
    const data = new Uint32Array(8);
    runKernel(source, { '0.0': data });
    expect([...data]).toEqual([1, 0, 30, 1, 32, 2, 34, 0]);
  });

  it('return vectors and structs, and return early from loops', () => {
    const module = `${sink} struct R { a: u32, b: vec3u }
      fn find(x: u32) -> R { ${padding} for (var i = 0u; i < 9u; i++) { if (i * i >= x) { return R(i, vec3u(i, x, 1u)); } } return R(); }`;
    const body =
      'let r = find(10u); let q = find(200u); out[0] = r.a; out[1] = r.b.y + q.a; out[2] = find(4u).b.x;';
    expect([...runBody(body, 3, module)]).toEqual([4, 10, 2]);
  });
});
