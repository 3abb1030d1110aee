/** Words that keep the random streams of an optimisation apart. */
export const STREAM = {
  sample: 0,
  tournament: 1,
  variation: 2,
  stray: 3,
  trial: 4,
  difference: 5,
  gaussian: 6,
  start: 7,
} as const;
