import * as Plot from '@observablehq/plot';
import type { ResultDocument } from '../document';
import { number, percent, plain } from '../figures';
import { html, type Markup } from '../html';
import { draw, RAMP, rampColor, SCHOOL_COLOR } from './draw';

interface Point {
  downtime: number;
  cost: number;
  color: string;
  title: string;
}

/**
 * The Pareto front: cost against downtime, coloured by the share of slow replies under the worst fault, with the
 * profiles and random search beside it. Downtime is drawn on a logarithmic scale: fronts span orders of magnitude.
 */
export function frontChart(result: ResultDocument): Markup {
  const column = (name: string) => result.objectives.findIndex((objective) => objective.name === name);
  const [downtime, slow, cost] = ['downtime', 'slow-share', 'cost'].map(column);
  if (downtime < 0 || cost < 0)
    return html`<p class="note">The front is drawn where both downtime and cost are objectives.</p>`;
  const point = (objectives: readonly number[], title: string): Point => ({
    downtime: Math.max(objectives[downtime], FLOOR_MIN),
    cost: objectives[cost],
    color: slow < 0 ? RAMP[0] : rampColor(objectives[slow], slowExtent(result, slow)),
    title: `${title}: ${number(objectives[downtime])} min/year, $${number(objectives[cost])} a month${slow < 0 ? '' : `, ${percent(objectives[slow])} slow`}`,
  });
  const front = result.front.map((member) => point(member.objectives, 'Front'));
  const random = result.randomFront.map((member) => point(member.objectives, 'Random search'));
  const chosen = result.front
    .filter((member) => member.chosen)
    .map((member) => point(member.objectives, 'The choice'));
  const rows = new Map(result.comparison.rows.map((row) => [row.id, row]));
  const profiles = result.profilePoints.flatMap(({ rowId, objectives }) => {
    const row = rows.get(rowId);
    return row ? [{ ...point(objectives, row.label), school: row.school }] : [];
  });
  return draw('Pareto front: cost against downtime', {
    width: 520,
    height: 360,
    marginLeft: 58,
    marginTop: 28,
    marginBottom: 44,
    grid: true,
    x: { type: 'log', label: 'downtime, minutes a year →', tickFormat: plain },
    y: { label: '↑ cost, $ a month', tickFormat: plain, nice: true },
    color: { type: 'identity' },
    marks: [
      Plot.line(edge(front), {
        x: 'downtime',
        y: 'cost',
        curve: 'step-after',
        stroke: 'var(--line)',
        strokeDasharray: '3 3',
      }),
      Plot.dot(random, {
        x: 'downtime',
        y: 'cost',
        symbol: 'times',
        stroke: SCHOOL_COLOR.random,
        r: 4,
        title: 'title',
      }),
      Plot.dot(front, {
        x: 'downtime',
        y: 'cost',
        fill: 'color',
        stroke: 'var(--card)',
        r: 5.5,
        title: 'title',
      }),
      Plot.dot(profiles, {
        x: 'downtime',
        y: 'cost',
        symbol: 'square',
        r: 5,
        fill: 'var(--card)',
        stroke: (profile: { school: keyof typeof SCHOOL_COLOR }) => SCHOOL_COLOR[profile.school],
        strokeWidth: 2.2,
        title: 'title',
      }),
      Plot.dot(chosen, {
        x: 'downtime',
        y: 'cost',
        r: 10,
        stroke: SCHOOL_COLOR.genetic,
        strokeWidth: 2.5,
        title: 'title',
      }),
      Plot.text(chosen, {
        x: 'downtime',
        y: 'cost',
        text: () => 'choice',
        dy: -18,
        fontWeight: 600,
        fill: SCHOOL_COLOR.genetic,
      }),
    ],
  });
}

/** A logarithmic scale has no zero: less than this a year is drawn as this. */
const FLOOR_MIN = 0.1;

/** The points that none betters in both downtime and cost, by downtime: the edge of the front as this chart shows it. */
function edge(points: readonly Point[]): Point[] {
  let cheapest = Number.POSITIVE_INFINITY;
  return [...points]
    .sort((a, b) => a.downtime - b.downtime || a.cost - b.cost)
    .filter((point) => {
      const better = point.cost < cheapest;
      if (better) cheapest = point.cost;
      return better;
    });
}

/** The least and the most slow share on the front. */
function slowExtent(result: ResultDocument, slow: number): [number, number] {
  const shares = result.front.map((member) => member.objectives[slow]);
  return [Math.min(...shares), Math.max(...shares)];
}

/** The colours' meaning, from the least to the most slow share on the front. */
export function frontLegend(result: ResultDocument): Markup {
  const slow = result.objectives.findIndex((objective) => objective.name === 'slow-share');
  if (slow < 0 || result.front.length === 0) return html``;
  const [least, most] = slowExtent(result, slow);
  return html`<div class="legend">
    <span>slow share under the worst fault: ${percent(least)}</span>
    <span class="ramp">${RAMP.map((color) => html`<i style="background:${color}"></i>`)}</span>
    <span>${percent(most)}</span>
  </div>`;
}
