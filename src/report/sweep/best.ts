import type { Analysis } from '../../sweep';
import { html, type Markup } from '../html';
import { rowsTable } from './rows-table';

/** The best rows of each objective. */
export function bestSection(analysis: Analysis): Markup {
  if (analysis.feasible === 0)
    return html`<section><h2>Best rows</h2>
<p>None: no row satisfies every constraint with numbers in all objectives.</p></section>`;
  const objectives = analysis.outputs.filter(({ best }) => best.length > 0);
  return html`<section><h2>Best rows</h2>
<p>Of the rows that satisfy every constraint, those with the least value of each objective. They are the best that this design met, not an optimum.</p>
${objectives.map(
  ({ column, best }) => html`<h3>${column.name}</h3>${rowsTable(analysis, best, column.name)}`,
)}</section>`;
}
