import { convergenceChart } from './charts/convergence';
import { frontChart, frontLegend } from './charts/front';
import type { ResultDocument, School } from './document';
import { MEASURES, percent, plain, writeInterval, writeMean } from './figures';
import { renderDocument } from './frame';
import { html, type Markup } from './html';
import { assumptionsSection } from './sections/assumptions';
import { comparisonSection } from './sections/comparison';
import { dominanceSection } from './sections/dominance';
import { faultsSection } from './sections/faults';
import { changesSection, policySection } from './sections/policy';
import { timelinesSection } from './sections/timelines';
import { workersSection } from './sections/workers';

const SCHOOL_NAMES: Record<School, string> = {
  genetic: 'genetic choice',
  'rule-based': 'rule-based',
  'statistics-based': 'statistics-based',
  random: 'random search',
  baseline: 'what runs today',
};

function header(result: ResultDocument): Markup {
  const [headline, ...rest] = result.verdict.sentences;
  const choice = result.comparison.rows.find((row) => row.school === 'genetic');
  return html`<header><p class="eyebrow">Tardigrade · fault tolerance of ${result.scenario.name}</p>
<h1 class="${result.verdict.won ? 'won' : 'lost'}">${headline}</h1>
${rest.map((sentence) => html`<p class="lead">${sentence}</p>`)}
${choice ? html`<dl class="tiles">${MEASURES.slice(0, 4).map((measure) => html`<div><dt>${measure.label}</dt><dd>${writeMean(measure, choice.measures)}<small>${measure.unit}</small></dd><dd class="interval">${writeInterval(measure, choice.measures) || (choice.measures[measure.name].mean === null ? '' : 'exact')}</dd></div>`)}</dl>` : ''}
<p class="meta">Seed ${result.search.seed} · ${result.search.generations} generations of ${result.search.population} · ${plain(result.search.evaluations)} evaluations · ${result.search.knobs} knobs</p></header>`;
}

function frontSection(result: ResultDocument): Markup {
  const schools = [...new Set(result.comparison.rows.map((row) => row.school))];
  return html`<section><h2>Cost against downtime</h2>
<p>Circles are the Pareto front that evolution found, crosses that of random search with the same evaluations, squares the profiles. Means on the episodes of the choice; the table above is the one to quote.</p>
<div class="legend">${schools.map((school) => html`<span><i class="dot ${school}"></i>${SCHOOL_NAMES[school]}</span>`)}</div>
${frontChart(result)}${frontLegend(result)}</section>`;
}

function convergenceSection(result: ResultDocument): Markup {
  return html`<section><h2>Convergence</h2>
<p>Hypervolume of the front on one common scale: the share of the objectives’ box that the front dominates, on each generation’s own episodes. On the test episodes evolution’s front dominates ${interval(result.hypervolume.genetic)}, random search’s ${interval(result.hypervolume.random)}.</p>
${convergenceChart(result)}</section>`;
}

function interval({ mean, low, high }: ResultDocument['hypervolume']['genetic']): string {
  return `${percent(mean)} (95 %: ${percent(low)} to ${percent(high)})`;
}

/** The whole report, as one HTML file. */
export function renderReport(result: ResultDocument): string {
  return renderDocument(
    result.scenario.name,
    html`${header(result)}
${comparisonSection(result)}
${changesSection(result)}
${dominanceSection(result)}
<div class="pair">${frontSection(result)}${convergenceSection(result)}</div>
${faultsSection(result)}
${workersSection(result)}
${timelinesSection(result)}
${policySection(result)}
${assumptionsSection(result)}`,
  );
}
