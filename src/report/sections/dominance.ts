import type { DominanceRow, ResultDocument } from '../document';
import { number } from '../figures';
import { html, type Markup } from '../html';

type Difference = DominanceRow['differences'][number];

function cell({ mean, low, high }: Difference): Markup {
  const interval = low === high ? '' : `${number(low, mean || high)} … ${number(high, mean || high)}`;
  return html`<td><b>${mean > 0 ? '+' : ''}${number(mean)}</b><small>${interval}</small></td>`;
}

function outcome({ withinLimits, nonInferior, better }: DominanceRow): Markup {
  if (!withinLimits) return html`<td>beyond a limit</td>`;
  if (nonInferior && better.length > 0) return html`<td class="yes">better on ${better.join(', ')}</td>`;
  return html`<td>${nonInferior ? 'no worse' : 'not shown'}</td>`;
}

/** For each profile and size, a member of the front beside it: paired differences on the test episodes. */
export function dominanceSection(result: ResultDocument): Markup {
  const labels = new Map(result.comparison.rows.map((row) => [row.id, row.label]));
  const shown = result.dominance.filter(
    ({ withinLimits, nonInferior, better }) => withinLimits && nonInferior && better.length > 0,
  ).length;
  return html`<section><h2>Beside each profile</h2>
<p>For each profile and size, the member of the front that the choice’s episodes favour over it, tested on the untouched ones: member minus profile, paired by replication, with limits that hold together over the objectives (Bonferroni). No worse than 2 % on any objective and better on one: ${shown} of ${result.dominance.length}.</p>
<details><summary>All differences</summary><div class="scroll"><table class="beside"><thead><tr><th></th>${result.objectives.map(({ name, unit }) => html`<th>${name}<small>${unit}</small></th>`)}<th>the member is</th></tr></thead>
<tbody>${result.dominance.map(
    (row) => html`<tr><th>${labels.get(row.rowId)}</th>${row.differences.map(cell)}${outcome(row)}</tr>`,
  )}</tbody></table></div></details></section>`;
}
