import { heaviestVariables, rankVariables, titleOf, writeRange, writeShare, writeValue } from '../report';
import type { Analysis, OutputAnalysis, Row } from '../sweep';
import { type Cell, layTable } from './table';
import type { Colors } from './terminal';

/** Variables listed for each output: those that weigh most. */
const MOST_LISTED = 12;

/** Which variables matter for an output: Sobol' indices above their intervals, or the shares of the main effects. */
export function indicesTable({ variables }: Analysis, output: OutputAnalysis, { dim }: Colors): string {
  const style = (text: string, line: number) => (line === 0 ? text : dim(text));
  const { sobol, effects } = output;
  const ranked = rankVariables(output).slice(0, MOST_LISTED);
  if (sobol?.indices.length === 0) return 'It does not vary.';
  const head = sobol ? ['', 'first order', 'total'] : ['', 'share alone', 'by chance'];
  const body = ranked.map((i): Cell[] => {
    const indices = sobol?.indices[i];
    const cells = indices
      ? [indices.first, indices.total].map((interval) => ({
          lines: [writeShare(interval.estimate), writeRange(interval)],
          style,
        }))
      : shareCells(effects[i], dim);
    return [{ lines: indices ? [variables[i].name, ''] : [variables[i].name] }, ...cells];
  });
  const table = layTable([head.map((title) => ({ lines: [title], style: dim })), ...body]);
  const rest = variables.length - ranked.length;
  return rest > 0 ? `${table}\n${dim(`and ${rest} more variables that weigh less`)}` : table;
}

/** What a variable explains alone, beside what chance would; dim where that is no more. */
function shareCells({ share, chance }: OutputAnalysis['effects'][number], dim: Colors['dim']): Cell[] {
  const style = share > chance ? String : dim;
  return [
    { lines: [writeShare(share)], style },
    { lines: [`< ${writeShare(chance)}`], style: dim },
  ];
}

/** The columns of a table of rows, in the order in which they are dropped where the terminal is narrow, last first. */
function columnsByWeight(analysis: Analysis): number[] {
  const { columns } = analysis;
  const at = (role: string) => columns.flatMap((column, i) => (column.role === role ? [i] : []));
  const variableColumns = at('variable');
  const heaviest = heaviestVariables(analysis).map((i) => variableColumns[i]);
  return [...at('index'), ...at('objective'), ...heaviest, ...at('other')];
}

/** Rows as a table as wide as fits, with a line that counts the columns that did not. */
export function rowsTable(analysis: Analysis, rows: readonly Row[], width: number, { dim }: Colors): string {
  const { columns } = analysis;
  const laid = columnsByWeight(analysis).map((i) => {
    const cells = [titleOf(columns[i]), ...rows.map((row) => writeValue(columns[i], row.values[i]))];
    return { cells, width: Math.max(...cells.map(({ length }) => length)) };
  });
  let used = 0;
  const fitting = laid.filter((column) => {
    used += column.width + 2;
    return used <= width;
  });
  const table = layTable(
    Array.from({ length: rows.length + 1 }, (_, r) =>
      fitting.map(({ cells }): Cell => ({ lines: [cells[r]], ...(r === 0 ? { style: dim } : {}) })),
    ),
  );
  const left = laid.length - fitting.length;
  return left > 0 ? `${table}\n${dim(`and ${left} more columns in the page`)}` : table;
}
