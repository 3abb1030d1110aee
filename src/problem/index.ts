/** What is searched and swept: a space, names for what is scored, and an evaluator of whole batches. */
export type { EpisodeBlock, Problem, Scores } from './types';
