import scoreKernel from '../../shaders/problem/score.wgsl?raw';
import threefry from '../../shaders/random/threefry.wgsl?raw';
import type { DecodeProgram } from '../space';
import type { Widths } from './moments';

export interface ProgramParts extends Widths {
  /** The user's text. */
  readonly wgsl: string;
  readonly decode: DecodeProgram;
  readonly variables: number;
  /** Element type of the user's `data`, where there is some. */
  readonly data?: 'u32' | 'f32';
  /** Whether the text has `evaluate_genes`, and no `evaluate` of a decoded candidate. */
  readonly readsGenes: boolean;
}

/** The binding of the user's data, behind those of shaders/problem/score.wgsl. */
const DATA_BINDING = 4;

/**
 * The text of the kernel. The user's part comes first: WGSL cares not for order, directives have to stand first, and a
 * mistake then has the line and column of what the user wrote.
 */
export function assembleProgram({
  wgsl,
  decode,
  variables,
  objectives,
  constraints,
  data,
  readsGenes,
}: ProgramParts): string {
  const violations = constraints > 0 ? `  violations: array<f32, ${constraints}>,\n` : '';
  return [
    wgsl,
    threefry,
    decode.wgsl,
    `struct Score {\n  objectives: array<f32, ${objectives}>,\n${violations}}`,
    `const score_variables = ${variables}u;`,
    `const score_width = ${objectives + constraints}u;`,
    data ? `@group(0) @binding(${DATA_BINDING}) var<storage, read> data: array<${data}>;` : '',
    scoreFunction(readsGenes),
    storeFunction(objectives, constraints),
    scoreKernel.replace('// data in use', data ? '_ = &data;' : ''),
  ].join('\n');
}

function scoreFunction(readsGenes: boolean): string {
  const call = readsGenes ? 'evaluate_genes(first)' : 'evaluate(decode_candidate(first), e)';
  return `fn score_of(first: u32, e: Episode) -> Score { return ${call}; }`;
}

/** Unrolled: a constant index into the user's arrays lets them stay in registers. */
function storeFunction(objectives: number, constraints: number): string {
  const store = (member: string, length: number, offset: number): string[] =>
    Array.from({ length }, (_, i) => `  scores[first + ${offset + i}u] = score.${member}[${i}];`);
  const lines = [...store('objectives', objectives, 0), ...store('violations', constraints, objectives)];
  return `fn store_score(first: u32, score: Score) {\n${lines.join('\n')}\n}`;
}
