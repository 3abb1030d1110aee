/** Text that people write and read: located mistakes, units, and schemas whose complaints name the mend. */
export { complain } from './complaint';
export { didYouMean, editDistance, nearest } from './nearest';
export {
  conform,
  count,
  duration,
  either,
  flag,
  fraction,
  list,
  map,
  named,
  noSuchWord,
  number,
  oneOf,
  rate,
  text,
} from './schema';
export { formatDuration, parseDurationUs, parsePercent, parseRatePerS, SECONDS_PER_YEAR } from './units';
export { type Location, UserError } from './user-error';
export { formatPath, type Path, parseYaml, type YamlSource } from './yaml-source';
