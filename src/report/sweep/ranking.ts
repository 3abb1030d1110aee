import type { Analysis, OutputAnalysis } from '../../sweep';

/** How much of an output's variance a variable takes part in: its total index where that is known, else its main effect. */
function weightOf({ sobol, effects }: OutputAnalysis, variable: number): number {
  const weight = sobol?.indices[variable]?.total.estimate ?? effects[variable].share;
  return Number.isNaN(weight) ? 0 : weight;
}

/** Variables by their weight for an output, heaviest first. */
export function rankVariables(output: OutputAnalysis): number[] {
  return output.effects
    .map((_, variable) => ({ variable, weight: weightOf(output, variable) }))
    .sort((a, b) => b.weight - a.weight || a.variable - b.variable)
    .map(({ variable }) => variable);
}

/** Variables by the most that they weigh for any objective, heaviest first. */
export function heaviestVariables({ outputs, variables }: Analysis): number[] {
  const objectives = outputs.filter(({ column }) => column.role === 'objective');
  return variables
    .map((_, variable) => ({
      variable,
      weight: Math.max(0, ...objectives.map((output) => weightOf(output, variable))),
    }))
    .sort((a, b) => b.weight - a.weight || a.variable - b.variable)
    .map(({ variable }) => variable);
}
