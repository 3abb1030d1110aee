import * as Plot from '@observablehq/plot';
import type { ComparisonRow, TimelineData } from '../document';
import type { Markup } from '../html';
import { draw, SCHOOL_COLOR } from './draw';

const PANEL = { width: 350, marginLeft: 54, marginRight: 12 };

const KINDS = [
  { kind: 'good', color: 'var(--good)' },
  { kind: 'slow', color: 'var(--slow)' },
  { kind: 'failed', color: 'var(--failed)' },
] as const;

/** Upper ends shared by the panels of one row, so that the schools can be compared by eye. */
export interface Extent {
  readonly perSecond: number;
  readonly latencyMs: number;
}

export function extentOf(timelines: readonly TimelineData[]): Extent {
  const totals = timelines.flatMap((t) =>
    t.good.map((good, i) => perSecond(t, good + t.slow[i] + t.failed[i])),
  );
  const latencies = timelines.flatMap((t) => t.p99Ms.filter((ms) => ms !== null));
  return { perSecond: Math.max(1, ...totals), latencyMs: Math.max(1, ...latencies) };
}

const perSecond = (timeline: TimelineData, count: number) => (count * 1000) / timeline.bucketMs;
const startS = (timeline: TimelineData, bucket: number) => (bucket * timeline.bucketMs) / 1000;

/** The time when the fault is on, as a band behind the marks. */
function faultBand(timeline: TimelineData, top: number) {
  return Plot.rect([timeline], {
    x1: (t: TimelineData) => t.faultStartMs / 1000,
    x2: (t: TimelineData) => t.faultEndMs / 1000,
    y1: 0,
    y2: top,
    fill: 'var(--fault)',
  });
}

/** Requests a second by outcome, stacked, through the fault. */
export function goodputPanel(timeline: TimelineData, row: ComparisonRow, extent: Extent): Markup {
  const areas = KINDS.flatMap(({ kind }) =>
    timeline[kind].map((count, i) => ({
      kind,
      timeS: startS(timeline, i),
      rate: perSecond(timeline, count),
    })),
  );
  return draw(`Requests a second through the ${timeline.fault}: ${row.label}`, {
    ...PANEL,
    height: 190,
    marginBottom: 22,
    x: { label: null },
    y: { label: '↑ requests/s', domain: [0, extent.perSecond], ticks: 4, grid: true },
    color: { domain: KINDS.map(({ kind }) => kind), range: KINDS.map(({ color }) => color) },
    marks: [
      faultBand(timeline, extent.perSecond),
      Plot.areaY(areas, {
        x: 'timeS',
        y: 'rate',
        fill: 'kind',
        curve: 'step-after',
        order: KINDS.map(({ kind }) => kind),
      }),
      Plot.ruleY([0], { stroke: 'var(--line)' }),
    ],
  });
}

/** Median and 99th percentile of latency through the fault. */
export function latencyPanel(timeline: TimelineData, row: ComparisonRow, extent: Extent): Markup {
  const points = timeline.p99Ms.map((p99Ms, i) => ({
    timeS: startS(timeline, i),
    p99Ms: p99Ms ?? Number.NaN,
    p50Ms: timeline.p50Ms[i] ?? Number.NaN,
  }));
  const color = SCHOOL_COLOR[row.school];
  return draw(`Latency through the ${timeline.fault}: ${row.label}`, {
    ...PANEL,
    height: 170,
    marginBottom: 36,
    x: { label: 'seconds →' },
    y: { label: '↑ latency, ms', domain: [0, extent.latencyMs], ticks: 4, grid: true },
    marks: [
      faultBand(timeline, extent.latencyMs),
      Plot.line(points, { x: 'timeS', y: 'p99Ms', stroke: color, strokeWidth: 1.6 }),
      Plot.line(points, { x: 'timeS', y: 'p50Ms', stroke: color, strokeWidth: 1.6, strokeOpacity: 0.45 }),
      Plot.ruleY([0], { stroke: 'var(--line)' }),
    ],
  });
}
