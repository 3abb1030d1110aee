import { expect, test } from 'vitest';
import { runBody, runKernel } from './run.test-util';

test('scalars', () => {
  expect([
    ...runBody(
      'out[0] = 1u + 2u; var x = 5u; x *= 3u; out[1] = x; out[2] = u32(-1.5 + f32(x)); for (var i = 0u; i < 8u; i++) { out[3] += i; }',
      4,
    ),
  ]).toEqual([3, 15, 13, 28]);
});
test('functions', () => {
  expect([
    ...runBody(
      'var s = 1u; out[0] = next(&s); out[1] = s; out[2] = fact(5u); var a: array<u32, 10>; for (var i = 0u; i < 10u; i++) { a[i] = i * i; } out[3] = a[out[2] - 115u]; let v = vec3u(1, 2, 3); out[4] = dot(v, v.zyx); out[5] = bitcast<u32>(sin(1.0f * f32(s)));',
      6,
      'fn next(p: ptr<function, u32>) -> u32 { *p = *p * 747796405u + 2891336453u; return *p >> 3u; } fn fact(n: u32) -> u32 { var r = 1u; var i = n; loop { if (i == 0u) { return r; } r *= i; continuing { i--; } } }',
    ),
  ]).toEqual([454891607, 3639132858, 120, 25, 10, expect.any(Number)]);
});
test('loads', () => {
  const buf = new Uint32Array([1, 2, 3, 4]);
  runKernel(
    'struct S { a: u32, b: array<u32> } @group(0) @binding(0) var<storage, read_write> s: S; @compute @workgroup_size(4) fn m(@builtin(global_invocation_id) id: vec3u) { s.b[id.x] += s.a + arrayLength(&s.b); }',
    { '0.0': buf },
  );
  expect([...buf]).toEqual([1, 6, 7, 12]);
});
