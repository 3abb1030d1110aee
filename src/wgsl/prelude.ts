import { checkModule } from './check/module';
import { Mistake } from './diagnostics';
import { parseSyntax } from './front';
import source from './prelude.wgsl?raw';
import type { Fn } from './tree';

/** Tree nodes up to which a prelude function is inlined. */
const smallFunction = 60;
let functions: ReadonlyMap<string, Fn> | undefined;

/**
 * The builtin functions that are more than an instruction or two are themselves written in WGSL (prelude.wgsl), so
 * that every emitter has them, and has the same.
 */
export function preludeFunction(name: string): { fn: Fn; isSmall: boolean } {
  functions ??= load();
  const fn = functions.get(name);
  if (!fn) throw new Error(`the prelude has no function ${name}`);
  return { fn, isSmall: fn.size <= smallFunction };
}

function load(): ReadonlyMap<string, Fn> {
  const { root } = parseSyntax(source);
  const { functions: checked } = checkModule(root, (message, span) => {
    throw new Mistake(`prelude: ${message}`, span);
  });
  return new Map(checked.map((fn) => [fn.name, fn]));
}
