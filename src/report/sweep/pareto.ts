import * as Plot from '@observablehq/plot';
import type { Analysis, Row } from '../../sweep';
import { draw, RAMP, rampColor } from '../charts/draw';
import { plain } from '../figures';
import { html, type Markup } from '../html';
import { rowsTable } from './rows-table';
import { titleOf, writeValue } from './values';

/** A longer front is cut in the table: it is for looking at. */
const MOST_LISTED = 100;
/** And drawn by so many points, evenly chosen: a page is for looking at too. */
const MOST_DRAWN = 1500;

/** The rows that none betters: two objectives against each other, the third as a colour, and a table. */
export function paretoSection(analysis: Analysis): Markup {
  const { pareto } = analysis;
  if (!pareto || pareto.rows.length === 0) return html``;
  const { rows, thinned } = pareto;
  const listed = rows.slice(0, MOST_LISTED);
  return html`<section><h2>Pareto rows</h2>
<p>${plain(rows.length)} of the rows that satisfy every constraint are bettered by no other in all objectives at once.${
    thinned
      ? ' There are more: they were thinned out evenly, so that a row that a lost one betters may be among them.'
      : ''
  }</p>
${paretoChart(analysis, rows)}
<details><summary>${listed.length < rows.length ? `The first ${listed.length}` : 'All of them'}</summary>${rowsTable(analysis, listed)}</details></section>`;
}

function paretoChart(analysis: Analysis, rows: readonly Row[]): Markup {
  const { columns, sample } = analysis;
  const [x, y, third] = columns.flatMap(({ role }, i) => (role === 'objective' ? [i] : []));
  const values = third === undefined ? [] : rows.map((row) => row.values[third] as number);
  const extent = [Math.min(...values), Math.max(...values)] as const;
  const point = (row: Row) => ({
    x: row.values[x] as number,
    y: row.values[y] as number,
    color: third === undefined ? RAMP[0] : rampColor(row.values[third] as number, extent),
    title: `row ${row.row}: ${columns
      .flatMap((column, i) =>
        column.role === 'objective' ? [`${column.name} ${writeValue(column, row.values[i])}`] : [],
      )
      .join(', ')}`,
  });
  const every = Math.ceil(rows.length / MOST_DRAWN);
  const legend =
    third === undefined
      ? ''
      : html`<div class="legend"><span>${titleOf(columns[third])}: ${writeValue(columns[third], extent[0])}</span><span class="ramp">${RAMP.map(
          (color) => html`<i style="background:${color}"></i>`,
        )}</span><span>${writeValue(columns[third], extent[1])}</span></div>`;
  return html`${legend}${draw(`Pareto rows: ${columns[x].name} against ${columns[y].name}`, {
    width: 900,
    height: 380,
    marginLeft: 64,
    marginTop: 28,
    marginBottom: 44,
    grid: true,
    x: { label: `${titleOf(columns[x])} →`, nice: true },
    y: { label: `↑ ${titleOf(columns[y])}`, nice: true },
    color: { type: 'identity' },
    marks: [
      Plot.dot(sample.map(point), { x: 'x', y: 'y', r: 1.8, fill: 'var(--muted)', fillOpacity: 0.35 }),
      Plot.dot(rows.filter((_, i) => i % every === 0).map(point), {
        x: 'x',
        y: 'y',
        r: 4.5,
        fill: 'color',
        stroke: 'var(--card)',
        title: 'title',
      }),
    ],
  })}`;
}
