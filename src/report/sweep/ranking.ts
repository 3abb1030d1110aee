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

/** The `most` variables that weigh most for any objective, in their own order. */
export function heaviestVariables({ outputs, variables }: Analysis, most: number): number[] {
  return variables
    .map((_, variable) => ({
      variable,
      weight: Math.max(
        ...outputs.filter(({ best }) => best.length > 0).map((output) => weightOf(output, variable)),
        0,
      ),
    }))
    .sort((a, b) => b.weight - a.weight || a.variable - b.variable)
    .slice(0, most)
    .map(({ variable }) => variable)
    .sort((a, b) => a - b);
}
