import { describe, expect, it } from 'vitest';
import { CompileError, compileKernel, parseModule } from './index';

/** Right WGSL that is not compiled here: [what, source, name in the message, line, column]. */
const refused = [
  ['f16', 'enable f16;\nfn f() {}', "the extension 'f16'", 1, 1],
  ['f16 as a type', 'fn f() {\n  var x: f16;\n}', "the type 'f16'", 2, 10],
  ['half literals', 'fn f() {\n  let x = 1.0h;\n}', "the type 'f16'", 2, 11],
  ['textures', '@group(0) @binding(0)\nvar t: texture_2d<f32>;', "the type 'texture_2d'", 2, 8],
  ['samplers', '@group(0) @binding(0) var s: sampler;', "the type 'sampler'", 1, 30],
  ['subgroups', 'fn f() {\n\n  let x = subgroupAdd(1u);\n}', "the builtin function 'subgroupAdd'", 3, 11],
  ['derivatives', 'fn f() { let x = dpdx(1.0); }', "the builtin function 'dpdx'", 1, 18],
  [
    'vertex stage',
    '@vertex\nfn f() -> @builtin(position) vec4f { return vec4f(); }',
    "the 'vertex' stage",
    2,
    4,
  ],
  ['discard', 'fn f() {\n  discard;\n}', "the statement 'discard'", 2, 3],
  [
    'subgroup inputs',
    '@compute @workgroup_size(1)\nfn f(@builtin(subgroup_size) n: u32) {}',
    '@builtin(subgroup_size)',
    2,
    6,
  ],
] as const;

describe('what is not supported', () => {
  it.each(refused)('%s is refused by name and place', (_, source, name, line, column) => {
    const [first] = parseModule(source).diagnostics;
    expect(first).toMatchObject({ severity: 'error', line, column });
    expect(first.message).toContain(name);
    expect(first.message).toContain('not supported');
  });
});

function errorOf(source: string, entry?: string, constants = {}): CompileError {
  try {
    compileKernel(parseModule(source), entry, { sharedMemory: false, constants });
  } catch (error) {
    if (error instanceof CompileError) return error;
    throw error;
  }
  throw new Error('it compiled');
}

describe('compileKernel', () => {
  const entry = '@compute @workgroup_size(n)\nfn main() {}';

  it('repeats the mistakes of the module', () => {
    const { diagnostics, message } = errorOf('fn f() {\n  let x: u32 = 1.5;\n}');
    expect(diagnostics[0]).toMatchObject({ line: 2, column: 16, offset: 24, length: 3 });
    expect(message).toContain('2:16');
  });

  it('needs the entry point to be there, and to be the only one if it is not named', () => {
    expect(errorOf('fn f() {}', 'g').message).toContain("'g'");
    const two = '@compute @workgroup_size(1) fn a() {} @compute @workgroup_size(1) fn b() {}';
    expect(errorOf(two).message).toContain('exactly one');
  });

  it('names the override that has no value, and the constant that names no override', () => {
    expect(errorOf(`override n: u32;\n${entry}`).diagnostics[0]).toMatchObject({ line: 1, column: 1 });
    expect(errorOf(`override n = 1u;\n${entry}`, undefined, { m: 1 }).message).toContain("'m'");
    expect(errorOf(`override n = 1u;\n${entry}`, undefined, { n: -1 }).message).toContain('does not fit u32');
  });

  it('locates several mistakes at once, in order', () => {
    const { diagnostics } = parseModule(
      'const a = 1 / 0;\nfn f() {\n  x = 1;\n  let y: bool = 2;\n  return a;\n}',
    );
    expect(diagnostics.map((d) => d.line)).toEqual([1, 3, 4, 5]);
  });

  it('does not repeat a mistake at the uses of what it spoils', () => {
    const { diagnostics } = parseModule('const a = 1 / 0;\nfn f() { let b = a + 1; let c = b * 2; }');
    expect(diagnostics).toHaveLength(1);
  });
});
