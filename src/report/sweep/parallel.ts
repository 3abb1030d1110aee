import * as Plot from '@observablehq/plot';
import { type Analysis, positionOf, type Row } from '../../sweep';
import { draw, RAMP, rampColor } from '../charts/draw';
import { html, type Markup } from '../html';
import { heaviestVariables } from './ranking';
import { shorten, titleOf, widthOf, writeBriefly } from './values';

/** Axes for variables: those that weigh most. */
const MOST_VARIABLES = 12;
/** Names stand aslant, so that they do not run into each other. */
const TILT_DEGREES = -30;

interface Axis {
  readonly name: string;
  readonly low: string;
  readonly high: string;
  /** From 0 at the bottom to 1 at the top. */
  readonly place: (row: Row) => number;
}

/** Rows as lines through one axis a variable and objective, coloured by the first objective's rank. */
export function parallelSection(analysis: Analysis): Markup {
  const { columns, sample, rows, feasible } = analysis;
  const objective = columns.findIndex(({ role }) => role === 'objective');
  if (sample.length < 2 || objective < 0) return html``;
  const axes = axesOf(analysis);
  // The sine of the tilt.
  const rise = 14 + 0.5 * widthOf(axes.map(({ name }) => name));
  const ranked = sample.toSorted((a, b) => Number(b.values[objective]) - Number(a.values[objective]));
  const points = ranked.flatMap((row, rank) =>
    axes.map(({ name, place }) => ({
      axis: name,
      at: place(row),
      row: row.row,
      // The best are drawn last, above the others.
      color: rampColor(ranked.length - 1 - rank, [0, ranked.length - 1]),
    })),
  );
  const of = feasible === rows ? 'rows' : 'rows that satisfy every constraint';
  return html`<section><h2>Rows side by side</h2>
<p>${sample.length < feasible ? `${sample.length} ${of}, drawn evenly` : `All ${of}`}: each a line through its values, from the least at the bottom to the most at the top. Coloured by ${columns[objective].name}, a fifth of the rows a colour, the least first.${
    analysis.variables.length > MOST_VARIABLES ? ` The ${MOST_VARIABLES} variables that weigh most.` : ''
  }</p>
<div class="legend"><span>least ${columns[objective].name}</span><span class="ramp">${RAMP.map((color) => html`<i style="background:${color}"></i>`)}</span><span>most</span></div>
${draw('Rows side by side', {
  width: 1080,
  height: 360 + rise,
  marginTop: 24 + rise,
  marginBottom: 26,
  marginLeft: 60,
  marginRight: 60 + 0.8 * widthOf([axes[axes.length - 1].name]),
  x: { type: 'point', domain: axes.map(({ name }) => name), axis: null },
  y: { domain: [0, 1], axis: null },
  color: { type: 'identity' },
  marks: [
    Plot.ruleX(axes, { x: 'name', stroke: 'var(--muted)' }),
    Plot.line(points, {
      x: 'axis',
      y: 'at',
      z: 'row',
      stroke: 'color',
      strokeWidth: 1.1,
      strokeOpacity: 0.5,
    }),
    Plot.text(axes, {
      x: 'name',
      y: 1,
      dy: -24,
      text: ({ name }: Axis) => shorten(name),
      rotate: TILT_DEGREES,
      textAnchor: 'start',
      fontWeight: 600,
      fill: 'var(--ink)',
    }),
    Plot.text(axes, { x: 'name', y: 1, dy: -12, text: 'high', fill: 'var(--muted)' }),
    Plot.text(axes, { x: 'name', y: 0, dy: 14, text: 'low', fill: 'var(--muted)' }),
  ],
})}</section>`;
}

function axesOf(analysis: Analysis): Axis[] {
  const { columns, variables, outputs, sample } = analysis;
  const shown = heaviestVariables(analysis)
    .slice(0, MOST_VARIABLES)
    .sort((a, b) => a - b);
  const at = columns.flatMap(({ role }, i) => (role === 'variable' ? [i] : []));
  const ends = (column: number) => {
    const values = sample.map((row) => Number(row.values[column]));
    return [Math.min(...values), Math.max(...values)] as const;
  };
  return [
    ...shown.map((i): Axis => {
      const column = columns[at[i]];
      const { bins } = outputs[0].effects[i];
      const [first, last] = [bins[0].bin, bins[bins.length - 1].bin];
      return {
        name: titleOf(column),
        low: writeBriefly(column, 'value' in first ? first.value : first.from),
        high: writeBriefly(column, 'value' in last ? last.value : last.to),
        place: (row) => positionOf(variables[i], row.values[at[i]]),
      };
    }),
    ...columns.flatMap((column, i): Axis[] => {
      if (column.role !== 'objective') return [];
      const [least, most] = ends(i);
      return [
        {
          name: titleOf(column),
          low: writeBriefly(column, least),
          high: writeBriefly(column, most),
          place: (row) => (most > least ? (Number(row.values[i]) - least) / (most - least) : 0.5),
        },
      ];
    }),
  ];
}
