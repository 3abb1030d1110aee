import { useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import { convergence } from '../state/store';
import { Chart, type ChartSpec } from '../ui/Chart';
import { colours, isDark } from '../ui/theme';

/** How much of the space of trade-offs is won, generation by generation, beside random search. */
export function Convergence() {
  const dark = isDark.value;
  const spec = useMemo(specOf, [dark]);
  const { evolved, random } = convergence.value;
  const data: uPlot.AlignedData = [evolved.map((_, i) => i), [...evolved], [...random]];
  const last = evolved.length - 1;
  const label =
    last < 0
      ? 'Hypervolume by generation'
      : `Hypervolume at generation ${last}: evolution ${percent(evolved[last])}, random search ${percent(random[last])}`;
  return <Chart spec={spec} data={data} height={150} label={label} />;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function specOf(): ChartSpec {
  const { evolved, random, muted, line } = colours('evolved', 'random', 'muted', 'line');
  const axis = {
    stroke: muted,
    grid: { stroke: line, width: 1 },
    ticks: { show: false },
    font: '11px system-ui',
  };
  return {
    scales: {
      x: { time: false, range: ({ data }) => [0, Math.max(10, data[0].length - 1)] },
      y: { range: (_, __, max) => [0, Math.min(1, Math.max(0.1, (max ?? 0) * 1.15))] },
    },
    axes: [
      { ...axis, grid: { show: false }, size: 28 },
      { ...axis, size: 44, values: (_, ticks) => ticks.map((tick) => `${Math.round(tick * 100)} %`) },
    ],
    series: [
      {},
      { stroke: evolved, width: 2.5, points: { show: false } },
      { stroke: random, width: 2, dash: [5, 4], points: { show: false } },
    ],
  };
}
