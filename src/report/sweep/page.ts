import { plain } from '../figures';
import { renderDocument } from '../frame';
import { html, type Markup } from '../html';
import { bestSection } from './best';
import type { SweepReport } from './document';
import { effectsSection } from './effects';
import { indicesSection } from './indices';
import { parallelSection } from './parallel';
import { paretoSection } from './pareto';

function header({ problem, design, replications, complete, analysis }: SweepReport): Markup {
  const { rows, feasible, variables, outputs } = analysis;
  const infeasible = rows - feasible;
  return html`<header><p class="eyebrow">Tardigrade · sweep</p>
<h1>${problem}</h1>
<p class="lead">${plain(rows)} rows of the ${design.name} design over ${variables.length} ${variables.length === 1 ? 'variable' : 'variables'}, ${outputs.length} ${outputs.length === 1 ? 'output' : 'outputs'}.${
    infeasible > 0 ? ` ${plain(infeasible)} violate a constraint or have values that are not finite.` : ''
  }</p>
${complete ? '' : html`<p class="lead"><b>The sweep is not complete: ${plain(rows)} of ${plain(design.rows)} rows are there.</b></p>`}
<p class="meta">${design.seed === undefined ? '' : `Seed ${design.seed} · `}${plain(replications)} ${replications === 1 ? 'replication' : 'replications'} a row</p></header>`;
}

/** The analysis of a sweep, as one HTML file. */
export function renderSweepReport(report: SweepReport): string {
  const { analysis } = report;
  return renderDocument(
    report.problem,
    html`${header(report)}
${indicesSection(analysis)}
${effectsSection(analysis)}
${bestSection(analysis)}
${paretoSection(analysis)}
${parallelSection(analysis)}`,
  );
}
