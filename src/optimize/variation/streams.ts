/** Words that keep the random streams of an optimisation apart. */
export const STREAM = {
  sample: 0,
  tournament: 1,
  variation: 2,
  stray: 3,
  trial: 4,
  difference: 5,
  archive: 6,
  gaussian: 7,
  start: 8,
} as const;
