import type { ResultDocument } from '../document';
import { percent } from '../figures';
import { html, type Markup } from '../html';

/** How much of the gain the smallest set of changes keeps; nothing where there was none. */
export function gainInWords(gainKept: number | null): string {
  if (gainKept === null) return '';
  return gainKept >= 1 ? ' It keeps all of the gain.' : ` It keeps ${percent(gainKept)} of the gain.`;
}

/** The smallest set of changes to the nearest profile that keeps most of the gain. */
export function changesSection(result: ResultDocument): Markup {
  const { nearest, list, gainKept } = result.changes;
  if (list.length === 0)
    return html`<section><h2>What to change</h2><p>Nothing: the choice is ${nearest} as it stands.</p></section>`;
  return html`<section><h2>What to change</h2>
<p>The smallest set of changes to <b>${nearest}</b> that makes most of the difference.${gainInWords(gainKept)}</p>
<ol class="changes">${list.map(
    (change) =>
      html`<li><code>${change.field}</code><span class="scope">${change.scope}</span><span class="move"><span class="from">${change.from}</span><span>→</span><b>${change.to}</b></span></li>`,
  )}</ol></section>`;
}

/** The choice, knob by knob, beside the defaults and the nearest profile. */
export function policySection(result: ResultDocument): Markup {
  const { columns, rows } = result.policy;
  const last = columns.length - 1;
  const scopes = [...new Set(rows.map((row) => row.scope))];
  return html`<section><h2>The policy, knob by knob</h2>
<div class="scroll"><table class="knobs"><thead><tr><th>knob</th>${columns.map((column) => html`<th>${column}</th>`)}</tr></thead>
${scopes.map(
  (scope) =>
    html`<tbody><tr class="scope"><th colspan="${columns.length + 1}">${scope}</th></tr>${rows
      .filter((row) => row.scope === scope)
      .map(
        (row) =>
          html`<tr><th><code>${row.field}</code></th>${row.values.map((value, i) => html`<td class="${i === last && value !== row.values[last - 1] ? 'changed' : ''}">${value ?? '–'}</td>`)}</tr>`,
      )}</tbody>`,
)}</table></div></section>`;
}
