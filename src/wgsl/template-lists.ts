/**
 * Template list discovery (WGSL specification, section "Template Lists"): which `<` open a template list and which
 * are less-than. The parser's own discovery does not stop at an unbalanced `)`, and so takes `f(a < b, c) > d` for a
 * template.
 * @returns the offsets of the `<` that open a template list
 */
export function templateListStarts(source: string): ReadonlySet<number> {
  const starts = new Set<number>();
  let pending: { at: number; depth: number }[] = [];
  let depth = 0;
  const dropTo = (least: number) => {
    while (pending.length && pending[pending.length - 1].depth >= least) pending.pop();
  };
  for (const { text, at, afterName } of tokens(source)) {
    switch (text) {
      case '<':
        if (afterName) pending.push({ at, depth });
        break;
      case '>': {
        const top = pending[pending.length - 1];
        if (top?.depth !== depth) break;
        starts.add(top.at);
        pending.pop();
        break;
      }
      case '(':
      case '[':
        depth++;
        break;
      case ')':
      case ']':
        dropTo(depth);
        depth = Math.max(0, depth - 1);
        break;
      case '&&':
      case '||':
        dropTo(depth);
        break;
      case '=':
      case ';':
      case '{':
      case ':':
        depth = 0;
        pending = [];
    }
  }
  return starts;
}

const lexeme =
  /(\/\/[^\n]*|\s+)|(\/\*)|([\p{XID_Start}_][\p{XID_Continue}]*)|(<<=?|<=|==|!=|&&|\|\||[<>()[\]=;{:])|\d[\w.]*|./suy;

interface Token {
  readonly text: string;
  readonly at: number;
  /** Whether a name stands directly before, blank space and comments aside. */
  readonly afterName: boolean;
}

/** Names and symbols that discovery looks at; each `>` by itself, as `>>` may close two lists. */
function* tokens(source: string): Generator<Token> {
  let afterName = false;
  lexeme.lastIndex = 0;
  for (let at = 0; at < source.length; at = lexeme.lastIndex) {
    lexeme.lastIndex = at;
    const [, blank, comment, name, symbol] = lexeme.exec(source)!;
    if (comment) lexeme.lastIndex = commentEnd(source, at);
    if (blank || comment) continue;
    // In `a >= b` and in `array<u32>=` the `=` says nothing that the `>` has not said.
    if (symbol === '>' && source[at + 1] === '=') lexeme.lastIndex = at + 2;
    if (symbol) yield { text: symbol, at, afterName };
    afterName = name !== undefined;
  }
}

/** Past a block comment, which may nest. */
function commentEnd(source: string, start: number): number {
  let depth = 0;
  const edge = /\/\*|\*\//g;
  edge.lastIndex = start;
  for (let match = edge.exec(source); match; match = edge.exec(source)) {
    depth += match[0] === '/*' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return source.length;
}
