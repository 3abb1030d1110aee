/** Search spaces: typed, named variables and their genes. */
export { candidateKey, decode, encode, geneOfLevel, levelOfGene } from './genes';
export { type Levels, levelsOf } from './levels';
export { neighbours } from './neighbours';
export { defineSpace, type Scale, type Space, SpaceError, type Variable } from './variable';
export { vector } from './vector';
export { type DecodeProgram, decodeWgsl } from './wgsl';
