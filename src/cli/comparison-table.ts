import { type ComparisonRow, MEASURES, writeAside, writeInterval, writeMean } from '../report';
import { type Cell, layTable } from './table';
import type { Colors } from './terminal';

/** What the table shows of a policy. */
type TableRow = Pick<ComparisonRow, 'label' | 'school' | 'measures'>;

/** Policies side by side, each figure above its 95 % interval and, of latencies, the failed; the genetic choice stands out. */
export function comparisonTable(rows: readonly TableRow[], colors: Colors): string {
  const dimBelow = (text: string, line: number) => (line === 0 ? text : colors.dim(text));
  const head: Cell[] = [
    { lines: [''] },
    ...MEASURES.map((measure) => ({ lines: [measure.label, measure.unit], style: dimBelow })),
  ];
  const body = rows.map((row): Cell[] => {
    const strong = row.school === 'genetic' ? (text: string) => colors.bold(colors.green(text)) : String;
    const style = (text: string, line: number) => (line === 0 ? strong(text) : colors.dim(text));
    return [
      { lines: [row.label, ''], style },
      ...MEASURES.map((measure) => ({
        lines: [writeMean, writeInterval, writeAside].map((write) => write(measure, row.measures)),
        style,
      })),
    ];
  });
  return layTable([head, ...body]);
}
