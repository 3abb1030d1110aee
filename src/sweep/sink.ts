import type { Variable } from '../space';
import type { Batch, Column } from './column';
import type { RowRange } from './design';
import type { Shard } from './shard';

/** What a sweep is, told before its first row: two results belong together where these are equal. */
export interface SweepHeader {
  readonly problem: ProblemIdentity;
  readonly design: {
    readonly name: string;
    readonly count: number;
    readonly settings: Readonly<Record<string, number | string | boolean>>;
  };
  /** Replications behind each row. */
  readonly replications: number;
  readonly columns: readonly Column[];
  /** What the columns with the role of a variable are values of, in their order. */
  readonly variables: readonly Variable[];
  /** Rows of a part; the last one of a shard may be shorter. */
  readonly partRows: number;
  /** Which share of the design this is. */
  readonly shard: Shard;
  readonly range: RowRange;
}

/** Tells whether two sweeps are of the same problem. */
export interface ProblemIdentity {
  readonly name: string;
  /** A hash of the text that the problem was made of, where there is one. */
  readonly digest?: string;
  /** Keys its randomness, where it has any. */
  readonly seed?: number;
  /** 'f32': rows are reproducible on the engine that made them, and close on others. */
  readonly precision: 'exact' | 'f32';
}

/** Where rows go: a part at a time, each kept whole or not at all. */
export interface Sink {
  /** Begins a result, or goes on with one. @returns the parts that are there already */
  open(header: SweepHeader): Promise<readonly RowRange[]>;
  /** Begins a part that is not there yet. */
  begin(part: RowRange): Promise<PartWriter>;
  /** After the last part, or after a failure. */
  close(): Promise<void>;
}

/** One part that is being written. */
export interface PartWriter {
  /** The rows after those written before. */
  write(batch: Batch): Promise<void>;
  /** Makes the part last, whatever happens afterwards. */
  commit(): Promise<void>;
  /** Forgets the part. */
  abort(): Promise<void>;
}
