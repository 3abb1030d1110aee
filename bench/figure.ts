/** What a benchmark found, beside what it should be. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: { readonly atLeast: number } | { readonly atMost: number };
}

/** A benchmark's outcome. `disagreements` name runs whose results should be equal and are not. */
export interface Outcome {
  readonly figures: readonly Figure[];
  readonly disagreements?: readonly string[];
  /** Why something was left out. */
  readonly skipped?: string;
}

export type Benchmark = (root: string) => Promise<Outcome>;

function format(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);
}

/** Whether the goal is met; undefined where there is none. NaN meets none. */
function isMet({ value, goal }: Figure): boolean | undefined {
  if (!goal) return undefined;
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
}

function verdict(figure: Figure): string[] {
  const { goal } = figure;
  if (!goal) return ['', ''];
  const bound = 'atLeast' in goal ? `at least ${goal.atLeast}` : `at most ${goal.atMost}`;
  return [bound, isMet(figure) ? 'met' : 'MISSED'];
}

/** How many goals are met, for the last line. A goal is of one machine, so that missing it is no error. */
export function tally(figures: readonly Figure[]): string {
  const judged = figures.filter(({ goal }) => goal);
  const missed = judged.filter((figure) => !isMet(figure)).length;
  return `${judged.length - missed} of ${judged.length} goals met${missed > 0 ? `, ${missed} MISSED` : ''}`;
}

/** Figures as an aligned table. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    `${format(figure.value)} ${figure.unit}`.trimEnd(),
    ...verdict(figure),
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row: readonly string[]) => row.map((cell, c) => cell.padEnd(widths[c])).join('  ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}
