import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLError } from 'yaml';
import { splitComplaint } from './complaint';
import { type Location, UserError } from './user-error';

/** The way to a value: keys of maps and indices of lists. */
export type Path = readonly (string | number)[];

const PLAIN_KEY = /^[A-Za-z_][\w-]*$/;

/** `services.cart.calls[0]`, `links["a -> b"].delay`. */
export function formatPath(path: Path): string {
  return path
    .map((key, i) => {
      if (typeof key === 'number') return `[${key}]`;
      if (!PLAIN_KEY.test(key)) return `["${key}"]`;
      return i === 0 ? key : `.${key}`;
    })
    .join('');
}

const PARSE_MENDS: Partial<Record<YAMLError['code'], string>> = {
  DUPLICATE_KEY: 'rename or remove one of the two',
  TAB_AS_INDENT: 'indent with spaces',
  MULTIPLE_DOCS: "keep one document, without a second '---'",
};

/** A parsed YAML document that still knows where each of its values was written. */
export interface YamlSource {
  readonly file: string;
  /** The document as plain JavaScript values. */
  readonly value: unknown;
  /** Where the value at `path` is, or the nearest ancestor that exists. */
  locate(path: Path): Location;
  /** Where the last key of `path` is written. */
  locateKey(path: Path): Location;
  /** A mistake in the value at `path`. */
  error(path: Path, what: string, mend: string): UserError;
  /** The same from one string, "what is wrong; the mend". */
  complaint(path: Path, complaint: string): UserError;
  /** A mistake in the key at the end of `path`. */
  keyError(path: Path, what: string, mend: string): UserError;
}

/**
 * Parses one YAML 1.2 document.
 * @throws UserError where it does not parse, a key is there twice, or its aliases explode.
 */
export function parseYaml(text: string, file: string): YamlSource {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });

  const place = (offset: number, path: Path): Location => {
    // An empty document has no lines to count.
    const { line, col } = offset === 0 ? { line: 1, col: 1 } : lineCounter.linePos(offset);
    return { file, line, column: col, path: path.length > 0 ? formatPath(path) : undefined };
  };

  /** Offsets of the last key of the path and of its value, as far as the document goes. */
  const find = (path: Path): { key: number; value: number } => {
    let node: unknown = document.contents;
    let at = startOf(node) ?? 0;
    let key = at;
    for (const segment of path) {
      if (isAlias(node)) node = node.resolve(document);
      if (isMap(node)) {
        const pair = node.items.find(
          (item) => isScalar(item.key) && String(item.key.value) === String(segment),
        );
        if (!pair) break;
        key = startOf(pair.key) ?? at;
        node = pair.value;
      } else if (isSeq(node) && typeof segment === 'number' && segment < node.items.length) {
        node = node.items[segment];
        key = startOf(node) ?? at;
      } else break;
      at = startOf(node) ?? key;
    }
    return { key, value: at };
  };

  const problem = document.errors[0];
  if (problem) {
    const mend =
      PARSE_MENDS[problem.code] ??
      'check the indentation, and that every bracket and quote before it is closed';
    throw new UserError(`not valid YAML: ${problem.message}`, mend, place(problem.pos[0], []));
  }

  let value: unknown;
  try {
    value = document.toJS();
  } catch (cause) {
    throw new UserError(
      `not valid YAML: ${(cause as Error).message}`,
      'write the values out in full',
      place(0, []),
    );
  }

  const locate = (path: Path) => place(find(path).value, path);
  const locateKey = (path: Path) => place(find(path).key, path);
  return {
    file,
    value,
    locate,
    locateKey,
    error: (path, what, mend) => new UserError(what, mend, locate(path)),
    complaint: (path, complaint) => new UserError(...splitComplaint(complaint), locate(path)),
    keyError: (path, what, mend) => new UserError(what, mend, locateKey(path)),
  };
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}
