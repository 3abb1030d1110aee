import { expect, it } from 'vitest';
import mulhiSource from '../../shaders/random/mulhi.wgsl?raw';
import threefrySource from '../../shaders/random/threefry.wgsl?raw';
import { describeOnEngines, type EngineUnderTest } from '../../src/gpu/testing/engines';
import { deriveKey, mulhi, seedKey, threefry2x32 } from '../../src/math';
import { THREEFRY_KNOWN_ANSWERS } from '../../src/math/testing/known-answers';

const BINDINGS = `
@group(0) @binding(0) var<storage, read> input: array<vec4u>;
@group(0) @binding(1) var<storage, read_write> output: array<vec2u>;`;

const DRAW = `${threefrySource}${BINDINGS}
@compute @workgroup_size(16) fn draw(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= arrayLength(&output)) { return; }
  output[id.x] = threefry2x32(input[id.x].xy, input[id.x].zw);
}`;

const MULTIPLY = `${mulhiSource}${BINDINGS}
@compute @workgroup_size(16) fn multiply(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= arrayLength(&output)) { return; }
  output[id.x] = vec2u(mulhi(input[id.x].x, input[id.x].y), mulhi(input[id.x].z, input[id.x].w));
}`;

/** Runs one invocation for each four words of input; each returns two. */
async function run(under: EngineUnderTest, code: string, entryPoint: string, input: Uint32Array) {
  const engine = await under.open();
  try {
    const kernel = await engine.kernel({ label: entryPoint, code, entryPoint });
    const output = engine.scratch('output', input.byteLength / 2);
    const [words] = await engine.submit(
      [
        {
          kernel,
          buffers: [engine.resident('input', input), output],
          workgroups: [Math.ceil(input.length / 64)],
        },
      ],
      [{ buffer: output, byteLength: input.byteLength / 2 }],
    );
    return words;
  } finally {
    engine.close();
  }
}

describeOnEngines('shaders/random', (under) => {
  it('threefry passes the known answers', async () => {
    const input = Uint32Array.from(
      THREEFRY_KNOWN_ANSWERS.flatMap(({ key, counter }) => [...key, ...counter]),
    );
    const draws = await run(under, DRAW, 'draw', input);
    expect([...draws]).toEqual(THREEFRY_KNOWN_ANSWERS.flatMap(({ draw }) => [...draw]));
  });

  it('threefry draws what the host draws', async () => {
    const input = new Uint32Array(4 * 500);
    for (let i = 0; i < input.length; i += 2) input.set(deriveKey(seedKey(1), i), i);
    const draws = await run(under, DRAW, 'draw', input);
    const expected = Array.from({ length: 500 }, (_, i) => {
      const [a, b, c, d] = input.subarray(4 * i, 4 * i + 4);
      return [...threefry2x32([a, b], [c, d])];
    });
    expect([...draws]).toEqual(expected.flat());
  });

  it('mulhi is the host’s on edge values and on random ones', async () => {
    const edges = [0, 1, 2, 0xffff, 0x10000, 0x10001, 0x7fffffff, 0x80000000, 0xfffeffff, 0xffffffff];
    const pairs = edges.flatMap((a) => edges.flatMap((b) => [a, b]));
    for (let i = 0; i < 200; i++) pairs.push(...deriveKey(seedKey(2), i));
    const products = await run(under, MULTIPLY, 'multiply', Uint32Array.from(pairs));
    const expected = Array.from({ length: pairs.length / 2 }, (_, i) =>
      mulhi(pairs[2 * i], pairs[2 * i + 1]),
    );
    expect([...products]).toEqual(expected);
  });
});
