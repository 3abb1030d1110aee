import type { KnobRow, ResultDocument } from '../document';
import { percent } from '../figures';
import { html, type Markup } from '../html';

/** How much of the gain the smallest set of changes keeps, with its 95 % interval; nothing where there was none. */
export function gainInWords(gainKept: ResultDocument['changes']['gainKept']): string {
  if (gainKept === null) return '';
  const { mean, low, high } = gainKept;
  return ` It keeps ${percent(mean)} of the gain (95 %: ${percent(low)} to ${percent(high)}).`;
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

/** The choice, knob by knob, beside the defaults and the nearest profile; what is the same in all is folded away. */
export function policySection(result: ResultDocument): Markup {
  const { columns, rows } = result.policy;
  const [alike, different] = [true, false].map((wanted) => rows.filter((row) => isAlike(row) === wanted));
  return html`<section><h2>The policy, knob by knob</h2>
${knobTable(columns, different)}
${alike.length > 0 ? html`<details><summary>${alike.length} more values that are the same in all</summary>${knobTable(columns, alike)}</details>` : ''}</section>`;
}

const isAlike = ({ values }: KnobRow) => values.every((value) => value === values[0]);

/** What the choice has otherwise than the nearest profile stands out. */
function knobTable(columns: readonly string[], rows: readonly KnobRow[]): Markup {
  const last = columns.length - 1;
  const cell = ({ values }: KnobRow, i: number) =>
    html`<td class="${i === last && values[i] !== values[i - 1] ? 'changed' : ''}">${values[i]}</td>`;
  return html`<div class="scroll"><table class="knobs"><thead><tr><th>knob</th><th>scope</th>${columns.map((column) => html`<th>${column}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr><th><code>${row.field}</code></th><td>${row.scope}</td>${columns.map((_, i) => cell(row, i))}</tr>`)}</tbody></table></div>`;
}
