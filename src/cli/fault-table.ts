import { number, percent, writeFigure, writeLimits } from '../report';
import type { FaultMeasures } from '../system';
import { type Cell, layTable } from './table';
import type { Colors } from './terminal';

const COLUMNS: readonly {
  title: readonly string[];
  of: Exclude<keyof FaultMeasures, 'fault'>;
  write: (value: number, scale?: number) => string;
}[] = [
  { title: ['bad share', 'of requests'], of: 'badShare', write: percent },
  { title: ['downtime', 'min/year'], of: 'downtimeMinPerYear', write: number },
  { title: ['p99', 'ms'], of: 'p99Ms', write: number },
  { title: ['recovery', 's'], of: 'recoveryS', write: number },
  { title: ['never', 'recovered'], of: 'neverRecovered', write: percent },
];

/** One policy fault by fault, each figure above its 95 % interval. */
export function faultTable(faults: readonly FaultMeasures[], { dim }: Colors): string {
  const style = (text: string, line: number) => (line === 0 ? text : dim(text));
  const head: Cell[] = [{ lines: ['fault', ''] }, ...COLUMNS.map(({ title }) => ({ lines: title, style }))];
  const body = faults.map((fault): Cell[] => [
    { lines: [fault.fault, ''] },
    ...COLUMNS.map(({ of, write }) => ({
      lines: [writeFigure(fault[of], write), writeLimits(fault[of], write)],
      style,
    })),
  ]);
  return layTable([head, ...body]);
}
