const SPACE = /[ \t\n\r]*/y;
const SCALAR =
  /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * Offset of the first character at which a text stops being JSON (RFC 8259), or undefined where it is JSON.
 * `JSON.parse` says what is wrong, but not every engine says where.
 */
export function jsonErrorOffset(text: string): number | undefined {
  let at = 0;
  const skip = (token: RegExp): boolean => {
    token.lastIndex = at;
    const found = token.test(text);
    if (found) at = token.lastIndex;
    return found;
  };
  const next = (character: string): boolean => {
    skip(SPACE);
    if (text[at] !== character) return false;
    at++;
    return true;
  };
  const isKey = (): boolean => {
    skip(SPACE);
    return text[at] === '"' && skip(SCALAR) && next(':');
  };
  const list = (close: string, isItem: () => boolean): boolean => {
    if (next(close)) return true;
    do {
      if (!isItem()) return false;
    } while (next(','));
    return next(close);
  };
  const isValue = (): boolean => {
    if (next('{')) return list('}', () => isKey() && isValue());
    if (next('[')) return list(']', isValue);
    return skip(SCALAR);
  };
  const valid = isValue();
  skip(SPACE);
  return valid && at === text.length ? undefined : at;
}
