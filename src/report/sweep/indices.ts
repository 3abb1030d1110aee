import * as Plot from '@observablehq/plot';
import type { Analysis, Interval, OutputAnalysis, SobolIndices } from '../../sweep';
import { draw } from '../charts/draw';
import { plain } from '../figures';
import { html, type Markup } from '../html';
import { rankVariables } from './ranking';
import { shorten, widthOf, writeNumber, writeRange, writeShare } from './values';

const KINDS = [
  { name: 'first', label: 'alone (first order)', color: 'var(--rules)' },
  { name: 'total', label: 'with its interactions (total)', color: 'var(--genetic)' },
] as const;

/** Drawn at most: the rest is in the table. */
const MOST_DRAWN = 24;

/** Which variables matter: Sobol' indices where the design allows them, else the shares of the main effects. */
export function indicesSection(analysis: Analysis): Markup {
  const bySobol = analysis.outputs.some(({ sobol }) => sobol);
  return html`<section><h2>What matters</h2>
${
  bySobol
    ? html`<p>Sobol’ indices: the share of each output’s variance that a variable explains alone, and the share that is left when all others are fixed, its interactions included. Estimators of Saltelli (2010) and Jansen (1999), 95 % bootstrap intervals.</p>`
    : html`<p>The share of each output’s variance that lies between the bins of a variable (epsilon squared): what it explains alone. A variable without effect stays below the tick 99 times of 100. Interactions are not in the share; the saltelli design tells them.</p>`
}
<div class="legend">${(bySobol ? KINDS : KINDS.slice(0, 1)).map(({ label, color }) => html`<span><i class="dot" style="background:${color}"></i>${label}</span>`)}</div>
<div class="pair">${analysis.outputs.map((output) => outputFigure(analysis, output))}</div></section>`;
}

function outputFigure(analysis: Analysis, output: OutputAnalysis): Markup {
  const { sobol, column } = output;
  const note = sobol
    ? html`<p class="note">${plain(sobol.baseRows)} base rows${sobol.skipped > 0 ? html`, ${plain(sobol.skipped)} more left out because a value is not finite` : ''}; mean ${writeNumber(sobol.mean)}, variance ${writeNumber(sobol.variance)}.</p>`
    : '';
  if (sobol?.indices.length === 0)
    return html`<figure><figcaption>${column.name}</figcaption><p>It does not vary.</p></figure>`;
  return html`<figure><figcaption>${column.name}</figcaption>${note}${indicesChart(analysis, output)}${indicesTable(analysis, output)}</figure>`;
}

interface Bar extends Interval {
  readonly variable: string;
  readonly kind: (typeof KINDS)[number]['name'];
  /** What chance would explain, where there is no interval. */
  readonly chance?: number;
}

function barsOf({ variables }: Analysis, output: OutputAnalysis): Bar[] {
  return rankVariables(output)
    .slice(0, MOST_DRAWN)
    .flatMap((i): Bar[] => {
      const variable = variables[i].name;
      const indices = output.sobol?.indices[i];
      if (indices) return KINDS.map(({ name }) => ({ variable, kind: name, ...indices[name] }));
      const { share, chance } = output.effects[i];
      return Number.isNaN(share)
        ? []
        : [{ variable, kind: 'first', estimate: share, low: share, high: share, chance }];
    });
}

function indicesChart(analysis: Analysis, output: OutputAnalysis): Markup {
  const bars = barsOf(analysis, output);
  const names = [...new Set(bars.map(({ variable }) => variable))];
  const color = ({ kind }: Bar) => KINDS.find(({ name }) => name === kind)?.color;
  const dy = ({ kind }: Bar) => (output.sobol ? (kind === 'first' ? -3.5 : 3.5) : 0);
  return draw(`What matters for ${output.column.name}`, {
    width: 520,
    height: 52 + 24 * names.length,
    marginLeft: 16 + widthOf(names),
    marginBottom: 32,
    marginTop: 8,
    x: {
      label: null,
      grid: true,
      domain: [Math.min(0, ...bars.map(({ low }) => low)), Math.max(1, ...bars.map(({ high }) => high))],
    },
    y: { label: null, domain: names, type: 'band', tickFormat: shorten },
    marks: [
      Plot.ruleX([0], { stroke: 'var(--muted)' }),
      Plot.tickX(
        bars.filter(({ chance }) => chance !== undefined),
        { x: 'chance', y: 'variable', stroke: 'var(--muted)', strokeWidth: 1.5, insetTop: 5, insetBottom: 5 },
      ),
      ...KINDS.flatMap(({ name }) => {
        const of = bars.filter(({ kind }) => kind === name);
        const shift = of.length > 0 ? dy(of[0]) : 0;
        return [
          Plot.ruleY(of, {
            y: 'variable',
            x1: 'low',
            x2: 'high',
            stroke: color,
            strokeWidth: 2.5,
            strokeOpacity: 0.55,
            dy: shift,
          }),
          Plot.dot(of, { y: 'variable', x: 'estimate', r: 3.6, fill: color, dy: shift }),
        ];
      }),
    ],
  });
}

function indicesTable({ variables }: Analysis, output: OutputAnalysis): Markup {
  const rows = rankVariables(output);
  const pair = ({ first, total }: SobolIndices) =>
    [first, total].map(
      (interval) =>
        html`<td><b>${writeShare(interval.estimate)}</b><small>${writeRange(interval)}</small></td>`,
    );
  return html`<details><summary>In numbers</summary><table class="comparison"><thead><tr><th></th>${
    output.sobol ? html`<th>first order</th><th>total</th>` : html`<th>share</th><th>by chance</th>`
  }</tr></thead><tbody>${rows.map((i) => {
    const indices = output.sobol?.indices[i];
    return html`<tr><th>${variables[i].name}</th>${indices ? pair(indices) : html`<td>${writeShare(output.effects[i].share)}</td><td>&lt; ${writeShare(output.effects[i].chance)}</td>`}</tr>`;
  })}</tbody></table></details>`;
}
