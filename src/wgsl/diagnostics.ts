/** A located message about a shader. `line` and `column` are 1-based, all lengths are UTF-16 code units. */
export interface Diagnostic {
  severity: 'error' | 'warning' | 'info';
  message: string;
  line: number;
  column: number;
  offset: number;
  length: number;
}

/** A stretch of the source text: [start, end) in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A mistake found at one place, thrown inside the compiler and turned into a {@link Diagnostic} at its door. */
export class Mistake extends Error {
  readonly span: Span;
  constructor(message: string, span: Span) {
    super(message);
    this.span = span;
  }
}

/** What is right WGSL but not compiled here: refused by name, never miscompiled. */
export function unsupported(construct: string, span: Span): Mistake {
  return new Mistake(`${construct} is not supported by the WebAssembly compiler`, span);
}

/** Thrown where a shader cannot become a kernel; the message names the first diagnostic's place. */
export class CompileError extends Error {
  readonly diagnostics: readonly Diagnostic[];
  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((d) => `${d.line}:${d.column}: ${d.severity}: ${d.message}`).join('\n'));
    this.name = 'CompileError';
    this.diagnostics = diagnostics;
  }
}

/** Gives a span of `source` its line and column. */
export function locate(
  source: string,
  span: Span,
  message: string,
  severity: Diagnostic['severity'] = 'error',
): Diagnostic {
  // Some of the parser's spans begin with the blank space before a token.
  const offset = span.start + source.slice(span.start, span.end).search(/\S|$/);
  const before = source.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - (before.lastIndexOf('\n') + 1) + 1;
  return { severity, message, line, column, offset, length: Math.max(0, span.end - offset) };
}
