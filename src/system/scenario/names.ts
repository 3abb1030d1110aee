import { didYouMean, type Path, type YamlSource } from '../../text';

interface Named {
  readonly name: string;
}

/** How the outside world is called as a caller. */
export const CLIENT = 'client';

/** `a->b` as the edge's name `a -> b`. */
export function edgeName(written: string): string {
  return written
    .split('->')
    .map((part) => part.trim())
    .join(' -> ');
}

/**
 * Index of a name among things that have one.
 * @param isKey whether the name is the last key of `path`, not its value
 * @throws UserError with the name that was likely meant
 */
export function indexOfName(
  source: YamlSource,
  path: Path,
  name: string,
  things: readonly Named[],
  noun: string,
  isKey = false,
): number {
  const index = things.findIndex((thing) => thing.name === name);
  if (index >= 0) return index;
  const mend = didYouMean(
    name,
    things.map((thing) => thing.name),
    noun,
  );
  throw isKey
    ? source.keyError(path, `there is no ${noun} '${name}'`, mend)
    : source.error(path, `there is no ${noun} '${name}'`, mend);
}
