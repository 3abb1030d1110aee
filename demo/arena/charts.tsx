import { effect } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import { playheadMs } from '../state/store';
import { Chart, type ChartSpec } from '../ui/Chart';
import { colours, isDark } from '../ui/theme';
import type { EpisodeView } from '../worker/api';

const SYNC = 'arena';
const FONT = '11px system-ui';
const AXIS_SIZE = 46;

/** Requests a second by what became of them, one upon the other. */
export function TrafficChart({ episode, top }: { episode: EpisodeView; top: number }) {
  const spec = useSpec(
    (ink) => ({
      ...frameOf(ink, { range: [0, top * 1.05] }),
      series: [
        {},
        { fill: ink.failed, stroke: ink.failed, width: 1, points: { show: false } },
        { fill: ink.slow, stroke: ink.slow, width: 1, points: { show: false } },
        { fill: ink.good, stroke: ink.good, width: 1, points: { show: false } },
      ],
    }),
    [top],
  );
  const data = useMemo((): uPlot.AlignedData => {
    const { good, slow, failed } = episode;
    return [
      times(episode),
      Array.from(good, (value, i) => value + slow[i] + failed[i]),
      Array.from(good, (value, i) => value + slow[i]),
      Array.from(good),
    ];
  }, [episode]);
  return (
    <Titled
      title="Requests a second: good, slow, failed"
      height={120}
      spec={spec}
      data={data}
      episode={episode}
    />
  );
}

/** Of right answers, on a logarithmic scale. */
export function LatencyChart({
  episode,
  scale,
}: {
  episode: EpisodeView;
  scale: { min: number; max: number };
}) {
  const spec = useSpec(
    (ink) => ({
      ...frameOf(
        ink,
        { distr: 3, range: [scale.min * 0.8, scale.max * 1.2] },
        {
          splits: () => powersOfTen(scale.min * 0.8, scale.max * 1.2),
          filter: (_, ticks) => ticks,
          values: (_, ticks) => ticks.map((ms) => (ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`)),
        },
      ),
      series: [{}, { stroke: ink.ink, width: 2, points: { show: false } }],
    }),
    [scale.min, scale.max],
  );
  const data = useMemo((): uPlot.AlignedData => [times(episode), gaps(episode.p99Ms)], [episode]);
  return <Titled title="p99 of answers" height={96} spec={spec} data={data} episode={episode} />;
}

/** How much work one request makes: a storm of retries shows here first. */
export function AttemptsChart({ episode, top }: { episode: EpisodeView; top: number }) {
  const spec = useSpec(
    (ink) => ({
      ...frameOf(ink, { range: [0, top * 1.1] }),
      series: [{}, { stroke: ink.ink, width: 2, points: { show: false } }],
    }),
    [top],
  );
  const data = useMemo(
    (): uPlot.AlignedData => [times(episode), gaps(episode.attemptsPerRequest)],
    [episode],
  );
  return <Titled title="Attempts per request" height={96} spec={spec} data={data} episode={episode} />;
}

function times({ buckets, bucketMs }: EpisodeView): number[] {
  return Array.from({ length: buckets }, (_, i) => (i * bucketMs) / 1000);
}

/** NaN stands for nothing to show, null for uPlot. */
function gaps(values: Float32Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isNaN(value) ? null : value));
}

type Ink = Record<'good' | 'slow' | 'failed' | 'ink' | 'muted' | 'line', string>;

/** A chart's spec, made again when the theme or one of `parts` changes. */
function useSpec(make: (ink: Ink) => ChartSpec, parts: readonly unknown[]): ChartSpec {
  const dark = isDark.value;
  return useMemo(() => make(colours('good', 'slow', 'failed', 'ink', 'muted', 'line')), [dark, ...parts]);
}

function frameOf(
  { muted, line }: Ink,
  y: uPlot.Scale,
  yAxis: uPlot.Axis = {},
): Pick<ChartSpec, 'axes' | 'scales'> {
  const axis = { stroke: muted, font: FONT, ticks: { show: false } };
  return {
    scales: { x: { time: false }, y },
    axes: [
      { ...axis, grid: { show: false }, size: 22, values: (_, ticks) => ticks.map((tick) => `${tick} s`) },
      { ...axis, grid: { stroke: line, width: 1 }, size: AXIS_SIZE, ...yAxis },
    ],
  };
}

function powersOfTen(min: number, max: number): number[] {
  const first = Math.ceil(Math.log10(min));
  const count = Math.max(0, Math.floor(Math.log10(max)) - first + 1);
  return Array.from({ length: count }, (_, i) => 10 ** (first + i));
}

/** A chart under its title, the faults shaded, a line where the animation is. */
function Titled({
  title,
  height,
  spec,
  data,
  episode,
}: {
  title: string;
  height: number;
  spec: ChartSpec;
  data: uPlot.AlignedData;
  episode: EpisodeView;
}) {
  const over = useRef<HTMLElement | undefined>(undefined);
  const latest = useRef(episode);
  latest.current = episode;
  useEffect(() => {
    if (over.current) shade(over.current, episode);
  }, [episode]);
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <Chart
        spec={spec}
        data={data}
        height={height}
        label={title}
        syncKey={SYNC}
        onReady={(element) => {
          over.current = element;
          shade(element, latest.current);
          follow(element, latest);
        }}
      />
    </figure>
  );
}

/** The part of the time axis that is drawn: the first to the last bucket's start. */
function spanMs({ buckets, bucketMs }: EpisodeView): number {
  return Math.max(1, buckets - 1) * bucketMs;
}

function shade(over: HTMLElement, episode: EpisodeView): void {
  for (const old of over.querySelectorAll('.fault-shade')) old.remove();
  for (const { startMs, endMs } of episode.faults) {
    const element = document.createElement('div');
    element.className = 'fault-shade';
    element.style.left = `${(startMs / spanMs(episode)) * 100}%`;
    element.style.width = `${((Math.min(endMs, spanMs(episode)) - startMs) / spanMs(episode)) * 100}%`;
    over.prepend(element);
  }
}

/** Keeps a line at the playhead for as long as the chart lives. */
function follow(over: HTMLElement, episode: { readonly current: EpisodeView }): void {
  const line = document.createElement('div');
  line.className = 'playhead';
  over.append(line);
  const stop = effect(() => {
    const share = playheadMs.value / spanMs(episode.current);
    line.style.left = `${Math.min(100, share * 100)}%`;
    if (!over.isConnected && share > 0) queueMicrotask(() => stop());
  });
}
