/** Test functions of sensitivity analysis, on the unit cube, with their known indices. */
export interface TestFunction {
  readonly variables: number;
  evaluate(unit: ArrayLike<number>): number;
  readonly first: readonly number[];
  readonly total: readonly number[];
}

/**
 * Ishigami's function with a = 7, b = 0.1 on [-pi, pi]^3. Ishigami, Homma, "An importance quantification technique in
 * uncertainty analysis for computer models", 1990; its variances in Saltelli et al., "Global Sensitivity Analysis. The
 * Primer", 2008.
 */
export function ishigami(): TestFunction {
  const [a, b] = [7, 0.1];
  const first = [(1 + (b * Math.PI ** 4) / 5) ** 2 / 2, a ** 2 / 8, 0];
  const together = (b ** 2 * Math.PI ** 8 * 8) / 225;
  const variance = first[0] + first[1] + together;
  return {
    variables: 3,
    evaluate(unit) {
      const [x, y, z] = Array.from({ length: 3 }, (_, i) => (2 * unit[i] - 1) * Math.PI);
      return Math.sin(x) + a * Math.sin(y) ** 2 + b * z ** 4 * Math.sin(x);
    },
    first: first.map((part) => part / variance),
    total: [(first[0] + together) / variance, first[1] / variance, together / variance],
  };
}

/** The g-function: a product of |4x - 2| + a over 1 + a. Saltelli, Sobol', "About the use of rank transformation", 1995. */
export function gFunction(a: readonly number[]): TestFunction {
  const partial = a.map((ai) => 1 / (3 * (1 + ai) ** 2));
  const product = (skip: number) => partial.reduce((all, v, i) => (i === skip ? all : all * (1 + v)), 1);
  const variance = product(-1) - 1;
  return {
    variables: a.length,
    evaluate: (unit) => a.reduce((all, ai, i) => (all * (Math.abs(4 * unit[i] - 2) + ai)) / (1 + ai), 1),
    first: partial.map((v) => v / variance),
    total: partial.map((v, i) => (v * product(i)) / variance),
  };
}
