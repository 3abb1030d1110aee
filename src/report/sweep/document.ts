import type { Analysis } from '../../sweep';

/** An analysis, and what it is of: all that the page and `--json` show. */
export interface SweepReport {
  readonly problem: string;
  readonly design: { readonly name: string; readonly rows: number; readonly seed: number | undefined };
  readonly replications: number;
  /** Whether every row of the design is there. */
  readonly complete: boolean;
  readonly analysis: Analysis;
}
