import * as Plot from '@observablehq/plot';
import type { ResultDocument } from '../document';
import type { Markup } from '../html';
import { draw, SCHOOL_COLOR } from './draw';

/** Hypervolume over evaluations, with random search as the reference. Higher is better. */
export function convergenceChart(result: ResultDocument): Markup {
  const steps = result.convergence;
  const last = steps.slice(-1);
  const ahead = last.some((step) => step.hypervolume >= step.randomHypervolume);
  // The labels stand clear of each other however close the lines end.
  const [up, down] = [-7, 7];
  return draw('Hypervolume over evaluations', {
    width: 520,
    height: 360,
    marginLeft: 58,
    marginRight: 76,
    marginTop: 28,
    marginBottom: 44,
    grid: true,
    x: { label: 'evaluations →' },
    y: { label: '↑ hypervolume', nice: true, zero: true },
    marks: [
      Plot.areaY(steps, { x: 'evaluations', y: 'hypervolume', fill: SCHOOL_COLOR.genetic, fillOpacity: 0.1 }),
      Plot.line(steps, {
        x: 'evaluations',
        y: 'randomHypervolume',
        stroke: SCHOOL_COLOR.random,
        strokeWidth: 2,
        strokeDasharray: '5 4',
      }),
      Plot.line(steps, {
        x: 'evaluations',
        y: 'hypervolume',
        stroke: SCHOOL_COLOR.genetic,
        strokeWidth: 2.5,
      }),
      Plot.dot(last, { x: 'evaluations', y: 'hypervolume', fill: SCHOOL_COLOR.genetic, r: 4 }),
      Plot.text(last, {
        x: 'evaluations',
        y: 'hypervolume',
        text: () => 'evolution',
        dx: 8,
        dy: ahead ? up : down,
        textAnchor: 'start',
        fill: SCHOOL_COLOR.genetic,
        fontWeight: 600,
      }),
      Plot.text(last, {
        x: 'evaluations',
        y: 'randomHypervolume',
        text: () => 'random',
        dx: 8,
        dy: ahead ? down : up,
        textAnchor: 'start',
        fill: SCHOOL_COLOR.random,
      }),
    ],
  });
}
