import { afterEach, describe, expect, it } from 'vitest';
import { DeviceLostError, type Engine, openEngine, runSlices, ShaderError } from './index';
import { describeOnEngines, ENGINES } from './testing/engines';
import { observe } from './testing/observe';

const SQUARE = `
@group(0) @binding(0) var<storage, read> input: array<u32>;
@group(0) @binding(1) var<storage, read_write> output: array<u32>;
override offset = 0u;
@compute @workgroup_size(4) fn square(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < arrayLength(&output)) { output[id.x] = input[id.x] * input[id.x] + offset; }
}`;

/** Adds 1 up to 100 to a sum, at most params.bound of them a dispatch: state is [next, sum]. */
const COUNT = `
@group(0) @binding(0) var<storage, read> params: array<u32>;
@group(0) @binding(1) var<storage, read_write> state: array<u32>;
@compute @workgroup_size(1) fn count() {
  for (var step = 0u; step < params[0]; step++) {
    if (state[0] >= 100u) { break; }
    state[0] += 1u;
    state[1] += state[0];
  }
}`;

async function squares(engine: Engine, input: Uint32Array, offset = 0): Promise<number[]> {
  const kernel = await engine.kernel({
    label: 'square',
    code: SQUARE,
    entryPoint: 'square',
    constants: { offset },
  });
  const output = engine.scratch('squares', input.byteLength);
  const [words] = await engine.submit(
    [
      {
        kernel,
        buffers: [engine.resident('input', input), output],
        workgroups: [Math.ceil(input.length / 4)],
      },
    ],
    [{ buffer: output, byteLength: input.byteLength }],
  );
  return [...words];
}

describeOnEngines('Engine', (under) => {
  const open: Engine[] = [];
  async function track(engine: Promise<Engine>): Promise<Engine> {
    open.push(await engine);
    return open[open.length - 1];
  }
  afterEach(() => {
    for (const engine of open.splice(0)) engine.close();
  });

  it('runs a kernel, with constants, and says what it is and why', async () => {
    const engine = await track(under.open());
    expect(await squares(engine, Uint32Array.of(1, 2, 3, 70000))).toEqual([1, 4, 9, 605032704]);
    expect(await squares(engine, Uint32Array.of(5, 6), 100)).toEqual([125, 136]);
    expect(engine.kind).toBe(under.name === 'Dawn' ? 'webgpu' : 'wasm');
    expect(engine.reason).toMatch(/\.$/);
    expect(engine.description.length).toBeGreaterThan(3);
  });

  it('locates a mistake in a shader', async () => {
    const engine = await track(under.open());
    const code = 'fn fine() {}\n@compute @workgroup_size(1) fn main() {\n\tlet x = missing;\n}\n';
    const failure = engine.kernel({ label: 'broken.wgsl', code, entryPoint: 'main' });
    await expect(failure).rejects.toBeInstanceOf(ShaderError);
    await expect(failure).rejects.toMatchObject({
      label: 'broken.wgsl',
      diagnostics: [{ line: 3, column: 10 }],
    });
    await expect(failure).rejects.toThrow(
      /^broken\.wgsl:3:10: .*missing.*\n {2}\tlet x = missing;\n {2}\t {8}\^$/m,
    );
  });

  it('names the kernel whose entry point is missing', async () => {
    const engine = await track(under.open());
    const failure = engine.kernel({ label: 'square', code: SQUARE, entryPoint: 'cube' });
    await expect(failure).rejects.toThrow(/square.*cube/s);
  });

  it('refuses work that the device refuses, and goes on', async () => {
    const engine = await track(under.open());
    const kernel = await engine.kernel({ label: 'square', code: SQUARE, entryPoint: 'square' });
    const buffer = engine.scratch('only one', 16);
    await expect(engine.submit([{ kernel, buffers: [buffer], workgroups: [1] }])).rejects.toThrow(/refused/);
    expect(await squares(engine, Uint32Array.of(3))).toEqual([9]);
  });

  it('is told of a write that the device refuses with the next submit, and goes on', async () => {
    const engine = await track(under.open());
    const input = Uint32Array.of(2, 3);
    for (let i = 0; i < 8; i++) expect(await squares(engine, input)).toEqual([4, 9]);
    engine.write(engine.scratch('squares', 8), Uint32Array.of(1), 4000);
    await expect(squares(engine, input)).rejects.toThrow(/refused/);
    expect(await squares(engine, input)).toEqual([4, 9]);
  });

  it('creates no buffer and no pipeline in steady state, and submits once', async () => {
    const { gpu, counts, immediate } = observe(await under.gpu());
    const engine = await track(openEngine({ gpu }));
    const input = Uint32Array.of(1, 2, 3, 4);
    await squares(engine, input);
    const before = { ...counts };
    for (let generation = 0; generation < 5; generation++) await squares(engine, input);
    expect(counts).toEqual({ ...before, submits: before.submits + 5 });
    // Short work on our own GPU needs no recording.
    for (let generation = 0; generation < 20; generation++) await squares(engine, input);
    if (engine.kind === 'wasm') expect(immediate()).toBeGreaterThan(0);
    else expect(immediate()).toBe(0);
  });

  it('builds a kernel once when it is asked for twice at a time', async () => {
    const { gpu, counts } = observe(await under.gpu());
    const engine = await track(openEngine({ gpu }));
    const spec = { label: 'square', code: SQUARE, entryPoint: 'square' };
    const [a, b] = await Promise.all([engine.kernel(spec), engine.kernel({ ...spec, label: 'again' })]);
    expect(a).toBe(b);
    expect(counts.pipelines).toBe(1);
  });

  it('grows a scratch buffer and never shrinks it', async () => {
    const engine = await track(under.open());
    const small = engine.scratch('pool', 16);
    expect(engine.scratch('pool', 8)).toBe(small);
    expect(await squares(engine, Uint32Array.of(2))).toEqual([4]);
    expect(await squares(engine, Uint32Array.of(2, 3, 4))).toEqual([4, 9, 16]);
    expect(engine.scratch('pool', 1000).size).toBeGreaterThanOrEqual(1000);
    expect(() => engine.scratch('vast', 2 ** 52)).toThrow(/vast needs 4503599627370496 bytes/);
  });

  it('keeps overlapping submits apart', async () => {
    const engine = await track(under.open());
    const results = await Promise.all([1, 2, 3, 4].map((n) => squares(engine, Uint32Array.of(n), n)));
    expect(results).toEqual([[2], [6], [12], [20]]);
  });

  it('reads several ranges at once', async () => {
    const engine = await track(under.open());
    const buffer = engine.resident('four', Uint32Array.of(10, 11, 12, 13));
    const reads = [
      { buffer, byteOffset: 8, byteLength: 8 },
      { buffer, byteLength: 4 },
    ];
    expect((await engine.submit([], reads)).map((words) => [...words])).toEqual([[12, 13], [10]]);
  });

  it('runs nothing once aborted', async () => {
    const engine = await track(under.open());
    await expect(engine.submit([], [], { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });

  it.each([1, 7, 1000])('slices give the same result from an initial bound of %d', async (initialBound) => {
    const engine = await track(under.open());
    const kernel = await engine.kernel({ label: 'count', code: COUNT, entryPoint: 'count' });
    const params = engine.scratch('params', 4);
    const state = engine.scratch('state', 8);
    engine.write(state, Uint32Array.of(0, 0));
    const bounds: number[] = [];
    let ms = 0;
    const outcome = await runSlices(
      engine,
      {
        bound: { buffer: params, byteOffset: 0 },
        initialBound,
        dispatches: () => [{ kernel, buffers: [params, state], workgroups: [1] }],
        status: { buffer: state, byteLength: 8 },
        done: ([next]) => {
          bounds.push(next);
          return next === 100;
        },
        reads: [{ buffer: state, byteOffset: 4, byteLength: 4 }],
      },
      // Two readings of this clock are always 10 ms apart, so a target of 20 ms doubles the bound every time.
      { targetMs: 20, now: () => (ms += 10) },
    );
    expect([...outcome.reads[0]]).toEqual([5050]);
    if (initialBound === 1) expect(bounds).toEqual([1, 3, 7, 15, 31, 63, 100]);
    expect(outcome.slices).toBe(bounds.length);
  });

  it('replays the work when the device is lost in the middle, with the same result', async () => {
    const { gpu, counts, device } = observe(await under.gpu());
    const engine = await track(openEngine({ gpu }));
    const notices: string[] = [];
    engine.onNotice((message) => notices.push(message));
    const input = Uint32Array.of(4, 5);
    let runs = 0;
    const result = await engine.replay(async () => {
      runs++;
      const first = await squares(engine, input);
      if (runs === 1) device().destroy();
      return [...first, ...(await squares(engine, input, 1))];
    });
    expect(result).toEqual([16, 25, 17, 26]);
    expect(runs).toBe(2);
    expect(counts.devices).toBe(2);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(/was lost .* the work runs again/);
  });

  it('rejects a submit that the loss overtakes', async () => {
    const { gpu, device } = observe(await under.gpu());
    const engine = await track(openEngine({ gpu }));
    await squares(engine, Uint32Array.of(1));
    const pending = squares(engine, Uint32Array.of(1, 2), 3);
    device().destroy();
    await expect(engine.replay(() => pending)).rejects.toThrow();
  });

  it('passes on an error that is no loss', async () => {
    const engine = await track(under.open());
    await expect(engine.replay(() => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
  });
});

describe('choosing an engine', () => {
  it('takes WebAssembly when asked to, with as many workers as asked for', async () => {
    const engine = await openEngine({ engine: 'wasm', workers: 1 });
    expect(engine.kind).toBe('wasm');
    expect(engine.reason).toBe('WebAssembly was asked for.');
    expect(engine.description).toMatch(/WebAssembly, 1 worker/);
    engine.close();
  });

  it('prefers WebAssembly to a software adapter, and says so', async () => {
    const engine = await openEngine();
    const hardware = engine.kind === 'webgpu';
    expect(engine.reason).toMatch(
      hardware
        ? /^A hardware WebGPU adapter was found/
        : /software one; WebAssembly is faster|There is no WebGPU here/,
    );
    expect(await squares(engine, Uint32Array.of(3))).toEqual([9]);
    engine.close();
  });

  it.each(ENGINES.filter(({ name }) => name === 'Dawn'))(
    'takes any adapter when WebGPU is asked for',
    async () => {
      const engine = await openEngine({ engine: 'webgpu' });
      expect(engine).toMatchObject({ kind: 'webgpu', reason: 'WebGPU was asked for.' });
      engine.close();
    },
  );

  it.each(ENGINES)('does not try for ever when $name is lost again and again', async (under) => {
    const { gpu, device, counts } = observe(await under.gpu());
    const engine = await openEngine({ gpu, workers: 0 });
    const work = async () => {
      // Our own fallback is not observed, so it is never destroyed.
      if (engine.reason === 'The caller chose this GPU.') device().destroy();
      return squares(engine, Uint32Array.of(7));
    };
    if (engine.kind === 'wasm') await expect(engine.replay(work)).rejects.toThrow(DeviceLostError);
    else expect(await engine.replay(work)).toEqual([49]);
    expect(counts.devices).toBe(3);
    engine.close();
  });

  it('refuses a GPU that has no adapter', async () => {
    const gpu = { requestAdapter: async () => null } as unknown as GPU;
    await expect(openEngine({ gpu })).rejects.toThrow(/has no adapter/);
  });

  it.each(ENGINES)('goes on with WebAssembly when $name is lost for good', async (under) => {
    const { gpu, device } = observe(await under.gpu(), (devices) => devices === 0);
    const engine = await openEngine({ gpu, workers: 0 });
    const notices: string[] = [];
    engine.onNotice((message) => notices.push(message));
    let runs = 0;
    const work = async () => {
      if (++runs === 1) device().destroy();
      return squares(engine, Uint32Array.of(6));
    };
    if (engine.kind === 'wasm') {
      await expect(engine.replay(work)).rejects.toThrow(/no adapter/);
    } else {
      expect(await engine.replay(work)).toEqual([36]);
      expect(engine.kind).toBe('wasm');
      expect(notices).toEqual([engine.reason]);
      expect(engine.reason).toMatch(/was lost .* and did not come back; WebAssembly goes on/);
    }
    engine.close();
  });
});
