import * as Plot from '@observablehq/plot';
import type { Analysis, BinnedMean, OutputAnalysis } from '../../sweep';
import { draw } from '../charts/draw';
import { plain } from '../figures';
import { html, type Markup } from '../html';
import { rankVariables } from './ranking';
import { writeBin, writeNumber } from './values';

/** Variables drawn for each output: those that weigh most. */
const MOST_DRAWN = 9;

/** What each variable does to each output by itself: means over the bins of its values. */
export function effectsSection(analysis: Analysis): Markup {
  const drawn = Math.min(MOST_DRAWN, analysis.variables.length);
  return html`<section><h2>Main effects</h2>
<p>The mean of each output over the rows that share a value, or a range of values, of one variable, with its 95 % interval; all other variables vary as the design has them. ${
    drawn < analysis.variables.length ? `The ${drawn} variables that weigh most.` : ''
  }</p>
${analysis.outputs.map((output) => outputPanels(analysis, output, rankVariables(output).slice(0, drawn)))}</section>`;
}

function outputPanels(analysis: Analysis, output: OutputAnalysis, variables: readonly number[]): Markup {
  const means = variables.flatMap((i) => output.effects[i].bins.filter(isKnown));
  if (means.length === 0) return html`<h3>${output.column.name}</h3><p>It has no finite values.</p>`;
  const domain: [number, number] = [
    Math.min(...means.map(({ low, mean }) => (Number.isFinite(low) ? low : mean))),
    Math.max(...means.map(({ high, mean }) => (Number.isFinite(high) ? high : mean))),
  ];
  return html`<h3>${output.column.name}</h3><div class="panels">${variables.map((i) => panel(analysis, output, i, domain))}</div>`;
}

const isKnown = ({ mean }: BinnedMean) => Number.isFinite(mean);

function panel(
  analysis: Analysis,
  output: OutputAnalysis,
  variable: number,
  domain: [number, number],
): Markup {
  const { name } = analysis.variables[variable];
  const column = analysis.columns.find((one) => one.role === 'variable' && one.name === name) ?? {
    type: 'double' as const,
  };
  const points = output.effects[variable].bins.map((binned) => ({
    ...binned,
    label: writeBin(column, binned.bin),
  }));
  const known = points.filter(isKnown);
  const labels = points.map(({ label }) => label);
  const shown = Math.ceil(labels.length / 3);
  return html`<figure><figcaption>${name}</figcaption>${draw(`${output.column.name} by ${name}`, {
    width: 320,
    height: 190,
    marginLeft: 56,
    marginBottom: 30,
    marginTop: 10,
    x: {
      type: 'point',
      domain: labels,
      label: null,
      ticks: labels.filter((_, i) => labels.length <= 4 || i % shown === 0),
      tickFormat: (label: string) => label.split(' … ')[0],
    },
    y: { label: null, domain, nice: true, grid: true, ticks: 4, tickFormat: plain },
    marks: [
      Plot.areaY(
        known.filter(({ low }) => Number.isFinite(low)),
        { x: 'label', y1: 'low', y2: 'high', fill: 'var(--genetic)', fillOpacity: 0.18 },
      ),
      Plot.line(known, { x: 'label', y: 'mean', stroke: 'var(--genetic)', strokeWidth: 2 }),
      Plot.dot(known, {
        x: 'label',
        y: 'mean',
        r: 3,
        fill: 'var(--genetic)',
        title: ({ label, mean, low, high, rows }: (typeof points)[number]) =>
          `${label}: ${writeNumber(mean)} (${writeNumber(low)} … ${writeNumber(high)}), ${plain(rows)} rows`,
      }),
    ],
  })}</figure>`;
}
