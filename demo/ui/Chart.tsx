import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

export interface ChartSpec {
  readonly series: uPlot.Series[];
  readonly axes: uPlot.Axis[];
  readonly scales: uPlot.Scales;
  readonly bands?: uPlot.Band[];
}

/**
 * A time series, drawn by uPlot. A new `spec` makes a new chart, new `data` only a new drawing.
 * @param label what it shows, for those who do not see it
 */
export function Chart({
  spec,
  data,
  height,
  label,
  syncKey,
  onReady,
}: {
  spec: ChartSpec;
  data: uPlot.AlignedData;
  height: number;
  label: string;
  /** Charts of one key share a cursor. */
  syncKey?: string;
  /** Gets the element that lies over the plotting area. */
  onReady?: (over: HTMLElement) => void;
}) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const latest = useRef(data);
  latest.current = data;

  useEffect(() => {
    const element = host.current!;
    const made = new uPlot(
      {
        ...spec,
        width: Math.max(element.clientWidth, 80),
        height,
        legend: { show: false },
        cursor: { drag: { setScale: false, x: false }, sync: syncKey ? { key: syncKey } : undefined },
      },
      latest.current,
      element,
    );
    plot.current = made;
    onReady?.(made.over);
    const resized = new ResizeObserver(() =>
      made.setSize({ width: Math.max(element.clientWidth, 80), height }),
    );
    resized.observe(element);
    return () => {
      resized.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [spec, height]);

  useEffect(() => {
    plot.current?.setData(data);
  }, [data]);

  return <div class="chart" ref={host} role="img" aria-label={label} />;
}
