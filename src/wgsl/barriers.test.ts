import { describe, expect, it } from 'vitest';
import { compileKernel, parseModule } from './index';
import { runKernel } from './testing/run';

const header = `@group(0) @binding(0) var<storage, read_write> data: array<u32>;
var<workgroup> shared_data: array<u32, 8>;
var<private> calls: u32;
fn touch() -> u32 { calls++; return calls; }
`;
const entry = (body: string): string =>
  `${header}@compute @workgroup_size(4, 2) fn main(@builtin(local_invocation_index) i: u32, @builtin(workgroup_id) w: vec3u) {\n${body}\n}`;

function run(body: string, data: number[]): number[] {
  const buffer = Uint32Array.from(data);
  runKernel(entry(body), { '0.0': buffer }, { workgroups: [data.length / 8, 1, 1] });
  return [...buffer];
}

const counted = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe('workgroup barriers', () => {
  it('let every invocation see what the others wrote', () => {
    const out = run(
      'let at = w.x * 8u + i; shared_data[i] = data[at]; workgroupBarrier(); data[at] = shared_data[7u - i];',
      counted(16),
    );
    expect(out).toEqual([7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8]);
  });

  it('keep variables and private memory of each invocation', () => {
    const out = run(
      'var mine = array<u32, 9>(); mine[i] = i * 3u; let twice = i * 2u; _ = touch(); workgroupBarrier(); mine[i] += twice + touch(); storageBarrier(); data[i] = mine[i];',
      counted(8),
    );
    expect(out).toEqual(counted(8).map((i) => 5 * i + 2));
  });

  it('may stand in uniform loops and branches', () => {
    const out = run(
      `shared_data[i] = data[i]; workgroupBarrier();
       for (var s = 4u; s > 0u; s >>= 1u) { if (i < s) { shared_data[i] += shared_data[i + s]; } workgroupBarrier(); }
       if (w.x == 0u) { data[i] = shared_data[0]; workgroupBarrier(); data[7u - i] += i; }`,
      counted(8),
    );
    expect(out).toEqual(counted(8).map((i) => 28 + 7 - i));
  });

  it('are part of workgroupUniformLoad', () => {
    expect(
      run(
        'shared_data[i] = i + 1u; let last = workgroupUniformLoad(&shared_data[7]); data[i] = last;',
        counted(8),
      ),
    ).toEqual(Array(8).fill(8));
  });

  it('do nothing in a workgroup of one, wherever they stand', () => {
    const source = 'fn f() { workgroupBarrier(); } @compute @workgroup_size(1) fn main() { f(); }';
    expect(() => compileKernel(parseModule(source), 'main', { sharedMemory: false })).not.toThrow();
  });

  it.each([
    ['a function', 'fn f() {\n workgroupBarrier(); }', 'f();', 'workgroupBarrier outside'],
    ['a switch', '', 'switch 1 { default { workgroupBarrier(); } }', 'a switch statement'],
    ['a return', '', 'if (w.x == 1u) { return; }\n workgroupBarrier();', "'return' beside a barrier"],
    ['a break', '', 'loop { if (w.x == 1u) { break; }\n workgroupBarrier(); }', "'break' out of a loop"],
    ['a branch on the invocation', '', 'if (i < 4u) { workgroupBarrier(); }', 'not evidently uniform'],
    [
      'a branch on what the invocation decided',
      '',
      'var n = 0u; if (i == 1u) { n = 2u; }\n if (n == 0u) { workgroupBarrier(); }',
      'not evidently uniform',
    ],
    [
      'a branch on a count of rounds',
      '',
      'var n = 0u; loop { if (n == i) { break; } n++; }\n if (n == 0u) { workgroupBarrier(); }',
      'not evidently uniform',
    ],
    [
      'a branch on writable memory',
      '',
      'if (data[0] == 0u) { workgroupBarrier(); }',
      'not evidently uniform',
    ],
    ['a pointer', '', 'let p = &shared_data[i];\n workgroupBarrier(); *p = 1u;', 'a pointer declared'],
  ])('beside %s are refused by name', (_, module, body, message) => {
    const compile = () => compileKernel(parseModule(module + entry(body)), 'main', { sharedMemory: false });
    expect(compile).toThrow(message);
    expect(compile).toThrow('not supported');
  });
});
