import {
  type LinkedWesl,
  link,
  type ModuleElem,
  ParseError,
  parseSrcModule,
  WeslParseError,
  WeslStream,
  withLoggerAsync,
} from 'wesl/core';
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

/** A place in one of the texts that were linked. */
export interface Origin {
  /** The module's path; `./main.wesl` is the main text. */
  readonly path: string;
  readonly text: string;
  /** In UTF-16 code units. */
  readonly offset: number;
}

/** Plain WGSL, and where each part of it comes from. */
export interface LinkedShader {
  readonly code: string;
  originOf(offset: number): Origin;
}

/** Resolves WESL imports and conditions. @returns plain WGSL @throws LinkError */
export async function linkShader(options: LinkOptions): Promise<string> {
  return (await linkSources(options, false)).dest;
}

/** The same, for errors that are to be told in terms of the texts as they were written. */
export async function linkWithOrigins(options: LinkOptions): Promise<LinkedShader> {
  const { dest, sourceMap } = await linkSources(options, true);
  return {
    code: dest,
    originOf(offset) {
      const { src, position } = sourceMap.destToSrc(offset);
      return { path: src.path ?? '', text: src.text, offset: position };
    },
  };
}

/** A mistake that linking finds: a name, an import or a condition that leads nowhere. */
export class LinkError extends Error {
  override readonly name = 'LinkError';
  /** As in {@link Origin}. */
  readonly path: string;
  readonly line: number;
  readonly column: number;

  constructor(message: string, path: string, line: number, column: number) {
    super(message);
    this.path = path;
    this.line = line;
    this.column = column;
  }
}

async function linkSources(options: LinkOptions, sourceMap: boolean): Promise<LinkedWesl> {
  try {
    // It would print its errors, too.
    return await withLoggerAsync(
      () => {},
      () => linkQuietly(options, sourceMap),
    );
  } catch (error) {
    const place = (error as { weslLocation?: { file: string; line: number; column: number } }).weslLocation;
    if (!place) throw error;
    throw new LinkError((error as Error).message.split('\n')[0], place.file, place.line, place.column);
  }
}

function linkQuietly({ main, modules, conditions, constants }: LinkOptions, sourceMap: boolean) {
  return link({
    weslSrc: { ...modules, './main.wesl': main },
    rootModuleName: './main.wesl',
    conditions,
    constants,
    keepComments: false,
    sourceMap,
  });
}
