import type { Frame, ObjectiveView, Points, ProfilePoint } from '../worker/api';
import { rowsOf } from './recommend';
import { linearScale, logScale, type Scale } from './scale';

export type PointKind = 'candidate' | 'front' | 'random' | 'rule-based' | 'statistics-based';

/** A point of the chart, in pixels. */
export interface ChartPoint {
  readonly kind: PointKind;
  /** Row in the front, or index of the profile. */
  readonly index: number;
  readonly x: number;
  readonly y: number;
  /** 0..1 along the colour scale; undefined where two objectives are all there are. */
  readonly shade: number | undefined;
  readonly feasible: boolean;
  readonly objectives: readonly number[];
  /** A profile's name. */
  readonly label?: string;
}

/** Which objective is drawn how. */
export interface Axes {
  readonly x: number;
  readonly y: number;
  /** -1: none. */
  readonly colour: number;
}

export interface ScatterView {
  readonly axes: Axes;
  readonly xScale: Scale;
  readonly yScale: Scale;
  readonly points: readonly ChartPoint[];
  /** The front's staircase as an SVG path. */
  readonly staircase: string;
  /** Bounds of the objectives on the axes, in pixels. */
  readonly xBound: number | undefined;
  readonly yBound: number | undefined;
}

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Cost to the right, downtime upwards, the third by colour; other objectives take what is left. */
export function axesOf(objectives: readonly ObjectiveView[]): Axes {
  const named = (name: string) => objectives.findIndex((objective) => objective.name === name);
  const y = Math.max(0, named('downtime'));
  const others = objectives.map((_, i) => i).filter((i) => i !== y);
  const cost = named('cost');
  const x = others.includes(cost) ? cost : (others[0] ?? y);
  return { x, y, colour: others.find((i) => i !== x) ?? -1 };
}

/** Four decades at most: what is better still is at the bottom. */
const DECADES = 1e4;

/** A generation as points in a box. `bounds` are the objectives' upper limits. */
export function scatterOf(
  frame: Frame,
  objectives: readonly ObjectiveView[],
  bounds: readonly (number | null)[],
  box: Box,
): ScatterView {
  const axes = axesOf(objectives);
  const rows = (points: Points) => rowsOf(points.objectives, objectives.length);
  const all = [
    ...rows(frame.candidates),
    ...rows(frame.front),
    ...rows(frame.random),
    ...frame.profiles.map((profile) => profile.objectives),
  ];
  const extent = (axis: number): [number, number] => {
    const values = all.map((row) => row[axis]).filter(Number.isFinite);
    return values.length > 0 ? [Math.min(...values), Math.max(...values)] : [0, 1];
  };
  const [xMin, xMax] = extent(axes.x);
  const [, yMax] = extent(axes.y);
  const positive = all.map((row) => row[axes.y]).filter((value) => value > 0);
  const yMin = Math.max(Math.min(...positive, yMax), yMax / DECADES) || 1e-3;
  const pad = (xMax - xMin || 1) * 0.06;
  const xScale = linearScale(xMin - pad, xMax + pad, box.left, box.right);
  const yScale = logScale(yMin * 0.8, Math.max(yMax * 1.3, yMin), box.bottom, box.top);
  const [shadeMin, shadeMax] = axes.colour < 0 ? [0, 1] : extent(axes.colour);
  const point = (kind: PointKind, index: number, row: readonly number[], feasible: boolean): ChartPoint => ({
    kind,
    index,
    x: xScale.at(row[axes.x]),
    y: yScale.at(row[axes.y]),
    shade: axes.colour < 0 ? undefined : (row[axes.colour] - shadeMin) / (shadeMax - shadeMin || 1),
    feasible,
    objectives: row,
  });
  // A score that is no number has no place.
  const pointsOf = (kind: PointKind, points: Points) =>
    rows(points)
      .map((row, i) => point(kind, i, row, points.feasible[i] === 1))
      .filter(({ x, y }) => !Number.isNaN(x + y));
  const front = pointsOf('front', frame.front);
  return {
    axes,
    xScale,
    yScale,
    points: [
      ...pointsOf('random', frame.random),
      ...pointsOf('candidate', frame.candidates),
      ...frame.profiles.map((profile: ProfilePoint, i) => ({
        ...point(profile.school, i, profile.objectives, profile.feasible),
        label: profile.label,
      })),
      ...front.sort((a, b) => a.x - b.x),
    ],
    staircase: staircaseOf(front),
    xBound: boundAt(bounds[axes.x], xScale),
    yBound: boundAt(bounds[axes.y], yScale),
  };
}

function boundAt(bound: number | null | undefined, scale: Scale): number | undefined {
  return bound === null || bound === undefined ? undefined : scale.at(bound);
}

/** The lower left envelope of points in pixels, y downwards. */
function staircaseOf(front: readonly ChartPoint[]): string {
  let lowest = Number.NEGATIVE_INFINITY;
  let path = '';
  for (const { x, y } of [...front].sort((a, b) => a.x - b.x || b.y - a.y)) {
    if (y <= lowest) continue;
    path += path === '' ? `M${x.toFixed(1)} ${y.toFixed(1)}` : `H${x.toFixed(1)}V${y.toFixed(1)}`;
    lowest = y;
  }
  return path;
}
