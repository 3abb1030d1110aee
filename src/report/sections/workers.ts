import type { ResultDocument } from '../document';
import { number, percent, plain, writeFigure, writeLimits } from '../figures';
import { html, type Markup } from '../html';

/** Downtime from overload and attack, were the assumed workers half or twice as many; nothing where none are assumed. */
export function workersSection(result: ResultDocument): Markup {
  const { faults, scales } = result.workers;
  if (scales.length === 0) return html``;
  const rows = new Map(result.comparison.rows.map((row) => [row.id, row]));
  const cells = (rowId: string) =>
    scales.flatMap(({ rows: measured }) => {
      const row = measured.find((one) => one.rowId === rowId);
      return faults.map((_, f) =>
        row
          ? html`<td title="${percent(row.badShare[f].mean ?? 0)} of requests not good"><b>${writeFigure(row.downtimeMinPerYear[f], number)}</b><small>${writeLimits(row.downtimeMinPerYear[f], number)}</small></td>`
          : html`<td>–</td>`,
      );
    });
  return html`<section><h2>If the workers are other than assumed</h2>
<p>Minutes of downtime a year from ${faults.join(' and ')}, on the same test replications with half, once and twice the workers of each replica whose number is an assumption. ${scales.map(({ factor, holds }) => `At ${plain(factor)} times, other faults as assumed, the choice’s downtime is ${holds ? '' : 'not '}shown to be as low as the best profile’s.`).join(' ')}</p>
<div class="scroll"><table class="comparison"><thead>
<tr><th></th>${scales.map(({ factor }) => html`<th colspan="${faults.length}">${plain(factor)} × the workers</th>`)}</tr>
<tr><th></th>${scales.map(() => faults.map((fault) => html`<th>${fault}</th>`))}</tr></thead>
<tbody>${scales[0].rows.map(({ rowId }) => {
    const row = rows.get(rowId);
    return html`<tr class="${row?.school}"><th><i class="dot ${row?.school}"></i>${row?.label}</th>${cells(rowId)}</tr>`;
  })}</tbody></table></div></section>`;
}
