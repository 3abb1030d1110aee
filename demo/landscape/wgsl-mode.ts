import { HighlightStyle, StreamLanguage, type StringStream, syntaxHighlighting } from '@codemirror/language';
import { tags } from '@lezer/highlight';

const KEYWORDS =
  /^(alias|break|case|const|const_assert|continue|continuing|default|discard|else|enable|fn|for|if|let|loop|override|return|struct|switch|var|while)$/;
const TYPES = /^(bool|f32|i32|u32|(vec[234]|mat[234]x[234])[fiu]?|array|atomic|ptr|Candidate|Episode|Score)$/;
const NUMBER = /^(0[xX][\da-fA-F]+[iu]?|(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[fhiu]?)/;
const NAME = /^[\p{XID_Start}_]\p{XID_Continue}*/u;

interface Lexer {
  /** Block comments nest. */
  commentDepth: number;
}

/** Enough of WGSL's words to be coloured; what is wrong with them, the compiler tells. */
const wgsl = StreamLanguage.define<Lexer>({
  name: 'wgsl',
  startState: () => ({ commentDepth: 0 }),
  languageData: { commentTokens: { line: '//', block: { open: '/*', close: '*/' } } },
  token(stream, lexer) {
    if (lexer.commentDepth > 0 || stream.match('/*', false)) return blockComment(stream, lexer);
    if (stream.eatSpace()) return null;
    if (stream.match('//')) {
      stream.skipToEnd();
      return 'comment';
    }
    if (stream.match(NUMBER)) return 'number';
    const name = stream.match(NAME) as RegExpMatchArray | null;
    if (!name) {
      stream.next();
      return null;
    }
    if (KEYWORDS.test(name[0])) return 'keyword';
    if (/^(true|false)$/.test(name[0])) return 'bool';
    return TYPES.test(name[0]) ? 'typeName' : null;
  },
});

function blockComment(stream: StringStream, lexer: Lexer): string {
  while (!stream.eol()) {
    if (stream.match('/*')) lexer.commentDepth++;
    else if (stream.match('*/')) {
      if (--lexer.commentDepth === 0) break;
    } else stream.next();
  }
  return 'comment';
}

const colours = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--muted)', fontStyle: 'italic' },
  { tag: tags.keyword, color: 'var(--statistics)' },
  { tag: [tags.number, tags.bool], color: 'var(--rules)' },
  { tag: tags.typeName, color: 'var(--evolved)' },
]);

export const wgslMode = [wgsl, syntaxHighlighting(colours)];
