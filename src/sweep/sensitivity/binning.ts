import { levelsOf, type Variable } from '../../space';

/** A value of a variable as a result holds it: a category of words by its word, a switch as 0 or 1. */
export type Value = number | string;

/** The values of a variable in a few bins, in their order. */
export interface Binning {
  readonly bins: readonly Bin[];
  /** The bin that a value falls into; values beyond the ends fall into the last ones. */
  binOf(value: Value): number;
}

/** A single value, or values from `from` to `to`. */
export type Bin = { readonly value: Value } | { readonly from: number; readonly to: number };

/** A variable with more values than this is cut into so many bins. */
const MOST_BINS = 12;

/** Bins for a variable: one for each value where there are few, else ranges of equal length on its own scale. */
export function binVariable(variable: Variable): Binning {
  switch (variable.type) {
    case 'switch':
      return { bins: [{ value: 0 }, { value: 1 }], binOf: (value) => (value ? 1 : 0) };
    case 'category': {
      const inWords = variable.values.some((value) => typeof value === 'string');
      const values = inWords ? variable.values.map(String) : variable.values;
      const index = new Map<Value, number>(values.map((value, i) => [value, i]));
      return { bins: values.map((value) => ({ value })), binOf: (value) => index.get(value) ?? 0 };
    }
    default:
      return binNumbers(variable);
  }
}

function binNumbers(variable: Variable): Binning {
  const { count, value } = levelsOf(variable);
  const single = count <= MOST_BINS;
  const parts = single ? count : MOST_BINS;
  const edge = (part: number) => value(Math.floor((part * count) / parts));
  const starts = Float64Array.from({ length: parts }, (_, part) => edge(part));
  const end = value(count - 1);
  return {
    bins: Array.from(starts, (from, i) =>
      single ? { value: from } : { from, to: i + 1 < parts ? starts[i + 1] : end },
    ),
    binOf(wanted) {
      const x = Number(wanted);
      let bin = parts - 1;
      while (bin > 0 && x < starts[bin]) bin--;
      return bin;
    },
  };
}
