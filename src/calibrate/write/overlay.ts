import { type Document, isMap, isScalar, parseDocument, type YAMLMap } from 'yaml';
import { didYouMean, type Path, parseYaml, UserError, type YamlSource } from '../../text';

/** What traces do not tell, written by hand: zones, faults, knobs, costs. */
export interface Overlay {
  /** Better names for request classes, by the name that calibration gives. */
  readonly classNames: Readonly<Record<string, string>>;
  /** @throws UserError where `classNames` names a class that there is not */
  checkClassNames(known: readonly string[]): void;
  /** A mistake in the document that it was laid over, told of the overlay: what was calibrated has none. */
  blame(mistake: unknown, merged: string): unknown;
  /** Lays the overlay over the document: maps are merged, everything else is replaced; comments come along. */
  applyTo(document: Document): void;
}

/** Key of what is meant for calibration itself, and does not go into the scenario. */
const OWN_KEY = 'calibrate';

export const NO_OVERLAY: Overlay = {
  classNames: {},
  checkClassNames: () => {},
  blame: (mistake) => mistake,
  applyTo: () => {},
};

/**
 * Reads an overlay: a part of a scenario file, and `calibrate: { classNames: { given: better } }`.
 * @throws UserError where it is not YAML, or no map
 */
export function readOverlay(text: string, file: string): Overlay {
  const source = parseYaml(text, file);
  const overlay = parseDocument(text);
  if (!isMap(overlay.contents)) throw source.error([], 'an overlay is a map', 'write parts of a scenario');
  const classNames = readClassNames(source);
  overlay.delete(OWN_KEY);
  return {
    classNames,
    checkClassNames: (known) => {
      for (const name of Object.keys(classNames)) {
        if (known.includes(name)) continue;
        const mend = didYouMean(name, known, 'class');
        throw source.keyError([OWN_KEY, 'classNames', name], `calibration finds no class '${name}'`, mend);
      }
    },
    blame: (mistake, merged) => {
      if (!(mistake instanceof UserError) || !mistake.location?.path) return mistake;
      const { line, column, path: written } = mistake.location;
      const path = parsePath(written);
      const key = parseYaml(merged, file).locateKey(path);
      const isKey = key.line === line && key.column === column;
      return new UserError(mistake.what, mistake.mend, isKey ? source.locateKey(path) : source.locate(path));
    },
    applyTo: (document) =>
      merge(document.contents as unknown as YAMLMap, overlay.contents as unknown as YAMLMap),
  };
}

/** The inverse of `formatPath`: `faults[0].links["a -> b"]`. */
function parsePath(written: string): Path {
  return [...written.matchAll(/\["(.*?)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, plain]) => quoted ?? (index === undefined ? plain : Number(index)),
  );
}

function readClassNames(source: YamlSource): Record<string, string> {
  const own = (source.value as Record<string, unknown>)[OWN_KEY];
  if (own === undefined) return {};
  const names = (own as { classNames?: unknown } | null)?.classNames;
  const isText = (name: unknown) => typeof name === 'string' && /^[\w-]+$/.test(name);
  if (typeof names !== 'object' || names === null || !Object.values(names).every(isText))
    throw source.error([OWN_KEY], 'expected new names of classes', 'write classNames: { given: better }');
  return names as Record<string, string>;
}

function merge(target: YAMLMap, overlay: YAMLMap): void {
  for (const pair of overlay.items) {
    const at = target.items.findIndex((item) => keyOf(item.key) === keyOf(pair.key));
    const existing = target.items[at];
    if (!existing) target.items.push(pair);
    else if (isMap(existing.value) && isMap(pair.value)) {
      if (isScalar(existing.key) && isScalar(pair.key) && pair.key.commentBefore)
        existing.key.commentBefore = pair.key.commentBefore;
      attachComment(pair.value as YAMLMap);
      merge(existing.value as YAMLMap, pair.value as YAMLMap);
    } else target.items[at] = pair;
  }
}

/** The parser takes a comment above a map's first key for one on the map; merging needs it at the key. */
function attachComment(map: YAMLMap): void {
  const key = map.items[0]?.key;
  if (!isScalar(key) || !map.commentBefore) return;
  key.commentBefore = map.commentBefore;
  map.commentBefore = undefined;
}

function keyOf(key: unknown): unknown {
  return isScalar(key) ? key.value : key;
}
