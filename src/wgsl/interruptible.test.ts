import { expect, it } from 'vitest';
import { compileKernel, parseModule } from './index';

const COUNT = `
@group(0) @binding(0) var<storage, read_write> out: array<u32>;
fn spin(turns: u32) -> u32 {
  var x = 1u;
  for (var i = 0u; i < turns; i++) { x = x * 747796405u + i; }
  return x;
}
@compute @workgroup_size(1) fn main() { out[0] = spin(out[1]) + spin(out[1] / 2u); }`;

/** What the kernel leaves after so many turns of its first loop, and how often it called `tick`. */
function run(turns: number, interruptible: boolean, tick?: () => void): { result: number; ticks: number } {
  const { wasm } = compileKernel(parseModule(COUNT), 'main', { sharedMemory: false, interruptible });
  const memory = new WebAssembly.Memory({ initial: 1 });
  const words = new Uint32Array(memory.buffer);
  words.set([1, 1, 1, 1024, 512, 8]);
  words[129] = turns;
  let ticks = 0;
  const counted = (): void => {
    ticks++;
    tick?.();
  };
  const module = new WebAssembly.Module(wasm as BufferSource);
  const instance = new WebAssembly.Instance(module, { env: { memory, tick: counted } });
  (instance.exports.run as (params: number, first: number, end: number) => void)(0, 0, 1);
  return { result: words[128], ticks };
}

it('an interruptible kernel computes the same, and ticks as its loops turn', () => {
  const turns = 4 * 2 ** 20;
  const plain = run(turns, false);
  const ticking = run(turns, true);
  expect(plain.ticks).toBe(0);
  expect(ticking.result).toBe(plain.result);
  // Four million turns and two, and two that find their loop at its end, one tick in 2^20.
  expect(ticking.ticks).toBe(6);
  expect(run(10, true).ticks).toBe(0);
});

it('what a tick throws ends the kernel', () => {
  const stop = new Error('enough');
  expect(() =>
    run(0xffffffff, true, () => {
      throw stop;
    }),
  ).toThrow(stop);
});
