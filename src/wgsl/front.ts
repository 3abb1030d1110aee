import { link, type ModuleElem, ParseError, parseSrcModule, WeslParseError, WeslStream } from 'wesl/core';
import { type Diagnostic, locate } from './diagnostics';
import { templateListStarts } from './template-lists';

/**
 * The one door to the `wesl` package: its parser (with error recovery and a span on every node) and its linker.
 * Names, types and constants are not taken from it: its type core is "unknown-tolerant, not validating" (no errors,
 * no matrix or hexadecimal-float constants), and a compiler that refuses what is wrong has to know every type anyway.
 */
export interface SyntaxTree {
  readonly root: ModuleElem;
  readonly diagnostics: readonly Diagnostic[];
}

let discovered: { source: string; starts: ReadonlySet<number> } | undefined;

/** Replaces the parser's template list discovery by the specification's (see template-lists.ts). */
WeslStream.prototype.nextTemplateStartToken = function (this: WeslStream) {
  const token = this.peek();
  if (token?.kind !== 'symbol' || token.text !== '<') return null;
  if (discovered?.source !== this.src)
    discovered = { source: this.src, starts: templateListStarts(this.src) };
  if (!discovered.starts.has(token.start)) return null;
  this.reset(token.end);
  return token as typeof token & { kind: 'symbol' };
};

/** Parses WGSL. Mistakes of syntax come back as diagnostics beside whatever could be parsed. */
export function parseSyntax(source: string): SyntaxTree {
  try {
    const ast = parseSrcModule(
      { modulePath: 'package::main', debugFilePath: 'main.wgsl', src: source },
      { keepComments: false },
    );
    return {
      root: ast.moduleElem,
      diagnostics: ast.diagnostics.map((d) => locate(source, d, d.message, d.severity)),
    };
  } catch (error) {
    if (!(error instanceof WeslParseError) && !(error instanceof ParseError)) throw error;
    const [start, end] = error.span;
    const root: ModuleElem = { kind: 'module', decls: [], start: 0, end: source.length };
    return { root, diagnostics: [locate(source, { start, end }, error.message)] };
  }
}

/** WESL sources to link; module names are paths such as `./random.wesl`, reached by `import package::random::f;`. */
export interface LinkOptions {
  readonly main: string;
  readonly modules?: Record<string, string>;
  /** Values of `@if(name)`. */
  readonly conditions?: Record<string, boolean>;
  /** What `import constants::name;` yields. */
  readonly constants?: Record<string, string | number>;
}

/** Resolves WESL imports and conditions. @returns plain WGSL */
export async function linkShader({ main, modules, conditions, constants }: LinkOptions): Promise<string> {
  const linked = await link({
    weslSrc: { ...modules, './main.wesl': main },
    rootModuleName: './main.wesl',
    conditions,
    constants,
    keepComments: false,
    sourceMap: false,
  });
  return linked.dest;
}
