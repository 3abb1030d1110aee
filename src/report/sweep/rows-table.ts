import type { Analysis, Row } from '../../sweep';
import { html, type Markup } from '../html';
import { titleOf, writeValue } from './values';

/** Rows as a table, a column of the result each; `strong` names the column that they are ordered by. */
export function rowsTable({ columns }: Analysis, rows: readonly Row[], strong?: string): Markup {
  const cell = (row: Row) =>
    columns.map((column, i) => {
      const text = writeValue(column, row.values[i]);
      return html`<td>${column.name === strong ? html`<b>${text}</b>` : text}</td>`;
    });
  return html`<div class="scroll"><table class="comparison"><thead><tr>${columns.map(
    (column) => html`<th>${titleOf(column)}</th>`,
  )}</tr></thead><tbody>${rows.map((row) => html`<tr>${cell(row)}</tr>`)}</tbody></table></div>`;
}
