/** Words that keep the random numbers of different designs apart under one seed. */
export const RANDOM = 0;
export const LATIN_PERMUTATION = 1;
export const LATIN_JITTER = 2;
export const OWEN_SCRAMBLE = 3;
