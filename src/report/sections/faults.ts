import type { ComparisonRow, Figure, ResultDocument } from '../document';
import { percent } from '../figures';
import { html, type Markup } from '../html';

/** Shading grows with the square root: small shares matter and must be told apart. */
function cell(figure: Figure): Markup {
  if (figure.mean === null) return html`<td>–</td>`;
  const heat = Math.sqrt(Math.min(1, Math.max(0, figure.mean)));
  const title =
    figure.low === null || figure.high === null
      ? ''
      : `95 % interval ${percent(figure.low)} … ${percent(figure.high)}`;
  return html`<td style="--heat:${heat.toFixed(3)}" title="${title}">${percent(figure.mean)}</td>`;
}

/** How bad each fault is for each school: share of requests not good while the fault is on. */
export function faultsSection(result: ResultDocument): Markup {
  const rows = result.comparison.rows.filter((row) => row.headline);
  const badShare = (row: ComparisonRow, fault: string) =>
    row.perFault.find((entry) => entry.fault === fault)?.badShare;
  return html`<section><h2>The schools, fault by fault</h2>
<p>Share of requests that got no good reply while the fault was on: failed, late or never answered. Darker is worse.</p>
<div class="scroll"><table class="heat"><thead><tr><th>fault</th>${rows.map((row) => html`<th><i class="dot ${row.school}"></i>${row.label}</th>`)}</tr></thead>
<tbody>${result.scenario.faults.map(
    (fault) =>
      html`<tr><th>${fault.name}<small>${fault.what}</small></th>${rows.map((row) => {
        const figure = badShare(row, fault.name);
        return figure ? cell(figure) : html`<td>–</td>`;
      })}</tr>`,
  )}</tbody></table></div></section>`;
}
