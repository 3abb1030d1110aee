/** One cell: its lines, and how they are coloured once they are padded. */
export interface Cell {
  readonly lines: readonly string[];
  readonly style?: (text: string, line: number) => string;
}

const GAP = '  ';

/** Lays cells of one or more lines out in columns, the first flush left, the others flush right. */
export function layTable(rows: readonly (readonly Cell[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, c) => {
      widths[c] = Math.max(widths[c] ?? 0, ...cell.lines.map((line) => line.length));
    });
  return rows.map((row) => layRow(row, widths)).join('\n');
}

function layRow(row: readonly Cell[], widths: readonly number[]): string {
  const height = Math.max(...row.map((cell) => cell.lines.length));
  return Array.from({ length: height }, (_, i) =>
    row
      .map((cell, c) => {
        const line = cell.lines[i] ?? '';
        const padded = c === 0 ? line.padEnd(widths[c]) : line.padStart(widths[c]);
        return cell.style ? cell.style(padded, i) : padded;
      })
      .join(GAP)
      .trimEnd(),
  ).join('\n');
}
