import { expect, it } from 'vitest';
import { linkShader, parseModule } from './index';

const modules = { './lib/hash.wesl': 'fn mix2(x: u32) -> u32 { return x * 3u; } fn unused() {}' };

it('links WESL imports, conditions and constants into plain WGSL', async () => {
  const main = `import package::lib::hash::mix2; import constants::size;
    @if(loud) fn volume() -> u32 { return 11u; } @else fn volume() -> u32 { return mix2(size); }
    @compute @workgroup_size(1) fn main() { _ = volume(); }`;
  const quiet = await linkShader({ main, modules, conditions: { loud: false }, constants: { size: 4 } });
  const loud = await linkShader({ main, modules, conditions: { loud: true }, constants: { size: 4 } });
  expect(parseModule(quiet)).toMatchObject({ diagnostics: [], entryPoints: ['main'] });
  expect(parseModule(loud).diagnostics).toEqual([]);
  expect(quiet).toContain('mix2');
  expect(loud).toContain('11u');
  expect(quiet).not.toContain('unused');
});

it('reports mistakes of syntax with their place, and goes on behind them', () => {
  const { diagnostics } = parseModule('fn f() {\n  let x = ;\n}\nfn g() { let y = 1 +; }\n');
  expect(diagnostics.map((d) => d.line)).toEqual([2, 4]);
});

it('survives text that is no shader at all', () => {
  for (const source of ['', '}}}}', '/* open', '"\u0000', 'fn', '@', 'import', 'ü'.repeat(50)])
    expect(() => parseModule(source)).not.toThrow();
});

it('asks for a return only where the whole body is right', () => {
  const messages = (body: string) =>
    parseModule(`struct S { x: f32 }\nfn f(s: S) -> f32 {\n${body}\n}`).diagnostics.map((d) => d.message);
  expect(messages('let y = s.z;\nreturn y;')).toEqual([expect.stringContaining("'z'")]);
  expect(messages('let y = s.x;')).toEqual([expect.stringContaining('missing return')]);
});
