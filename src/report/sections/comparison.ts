import type { ComparisonRow, ResultDocument } from '../document';
import { MEASURES, type MeasureStyle, writeAside, writeInterval, writeMean } from '../figures';
import { html, type Markup } from '../html';

/** The least mean of a column, since every measure is better when smaller; none where most rows share it. */
function bestOf(rows: readonly ComparisonRow[], style: MeasureStyle): number | undefined {
  const means = rows.flatMap((row) => row.measures[style.name].mean ?? []);
  const least = Math.min(...means);
  return 2 * means.filter((mean) => mean === least).length <= means.length ? least : undefined;
}

/** Policies side by side: mean and 95 % interval of each measure. */
export function comparisonTable(rows: readonly ComparisonRow[]): Markup {
  const best = new Map(MEASURES.map((style) => [style.name, bestOf(rows, style)]));
  const cell = (row: ComparisonRow, style: MeasureStyle) => {
    const { mean } = row.measures[style.name];
    const mark = mean !== null && mean === best.get(style.name) ? 'best' : '';
    return html`<td class="${mark}"><b>${writeMean(style, row.measures)}</b><small>${writeInterval(style, row.measures)}</small><small>${writeAside(style, row.measures)}</small></td>`;
  };
  return html`<div class="scroll"><table class="comparison">
<thead><tr><th></th>${MEASURES.map((style) => html`<th>${style.label}<small>${style.unit}</small></th>`)}</tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr class="${row.school}"><th><i class="dot ${row.school}"></i>${row.label}</th>${MEASURES.map((style) => cell(row, style))}</tr>`,
  )}</tbody></table></div>`;
}

/** The headline rows; every other profile and size folded away below. */
export function comparisonSection(result: ResultDocument): Markup {
  const { rows, replications } = result.comparison;
  const rest = rows.filter((row) => !row.headline);
  return html`<section><h2>Side by side</h2>
<p>Means over ${replications} test replications that neither search nor choice ever saw; below each mean its 95 % interval. Every policy met the same requests, service times and faults.</p>
${comparisonTable(rows.filter((row) => row.headline))}
${rest.length > 0 ? html`<details><summary>Every profile at every size</summary>${comparisonTable(rest)}</details>` : ''}</section>`;
}
