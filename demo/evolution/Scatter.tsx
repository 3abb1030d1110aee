import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { formatObjective, formatTick, objectiveLabel } from '../model/format';
import { type ChartPoint, type ScatterView, scatterOf } from '../model/scatter';
import { bounds, evolvedGenes, frame, genesOfMember, scenario, settings } from '../state/store';
import type { ObjectiveView } from '../worker/api';

const HEIGHT = 350;
const MARGIN = { left: 52, right: 14, top: 30, bottom: 40 };
const SHADES = 5;

/** The generation as points; those of the front can be chosen, with the pointer or with the arrow keys. */
export function Scatter({ onChoose }: { onChoose: (genes: Uint32Array) => void }) {
  const host = useRef<HTMLDivElement>(null);
  const width = useSignal(0);
  useEffect(() => {
    const resized = new ResizeObserver(([entry]) => {
      width.value = Math.round(entry.contentRect.width);
    });
    resized.observe(host.current!);
    return () => resized.disconnect();
  }, [width]);
  const shown = frame.value;
  const objectives = scenario.value?.objectives;
  return (
    <div class="scatter" ref={host}>
      {shown && objectives && width.value > 0 ? (
        <Drawing
          width={width.value}
          objectives={objectives}
          view={scatterOf(shown, objectives, bounds.value, {
            left: MARGIN.left,
            right: width.value - MARGIN.right,
            top: MARGIN.top,
            bottom: HEIGHT - MARGIN.bottom,
          })}
          onChoose={onChoose}
        />
      ) : (
        <p class="waiting">Simulating the first policies…</p>
      )}
    </div>
  );
}

function Drawing({
  width,
  view,
  objectives,
  onChoose,
}: {
  width: number;
  view: ScatterView;
  objectives: readonly ObjectiveView[];
  onChoose: (genes: Uint32Array) => void;
}) {
  const chosen = evolvedGenes.value?.join();
  const front = view.points.filter(({ kind }) => kind === 'front');
  const others = view.points.filter(({ kind }) => kind !== 'front');
  const focused = Math.max(
    0,
    front.findIndex(({ index }) => genesOfMember(frame.value!, index).join() === chosen),
  );
  const move = (event: KeyboardEvent, at: number) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const next = step && front[at + step];
    if (!next) return;
    event.preventDefault();
    onChoose(genesOfMember(frame.value!, next.index));
    const list = (event.currentTarget as Element).parentElement!;
    (list.children[at + step] as SVGElement).focus();
  };
  return (
    <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`}>
      <title>
        {`${objectiveLabel(objectives[view.axes.y].name)} against ${objectiveLabel(objectives[view.axes.x].name)}`}
      </title>
      <Axes view={view} width={width} objectives={objectives} />
      <g>
        {others.map((point) => (
          <Mark key={`${point.kind} ${point.index}`} point={point} />
        ))}
      </g>
      <path class="staircase" d={view.staircase} />
      <g role="listbox" aria-label="The front: policies that none beats">
        {front.map((point, at) => (
          <g
            key={genesOfMember(frame.value!, point.index).join()}
            class={`mark front ${shadeOf(point)} ${at === focused && settings.value.genes ? 'chosen' : ''} ${at === focused ? 'current' : ''}`}
            transform={`translate(${point.x} ${point.y})`}
            role="option"
            tabindex={at === focused ? 0 : -1}
            aria-selected={at === focused}
            aria-label={describe(point, objectives)}
            onClick={() => onChoose(genesOfMember(frame.value!, point.index))}
            onKeyDown={(event) => move(event, at)}
          >
            <circle r="12" class="target" />
            <circle r="5.5" />
          </g>
        ))}
      </g>
    </svg>
  );
}

function shadeOf({ shade }: ChartPoint): string {
  return shade === undefined ? 'shade-0' : `shade-${Math.min(SHADES - 1, Math.floor(shade * SHADES))}`;
}

function describe(point: ChartPoint, objectives: readonly ObjectiveView[]): string {
  const values = point.objectives.map(
    (value, i) => `${objectiveLabel(objectives[i].name)} ${formatObjective(value, objectives[i].unit)}`,
  );
  return values.join(', ');
}

/** A dot, a ring for random search, a diamond for a profile. */
function Mark({ point }: { point: ChartPoint }) {
  const { kind, x, y, label } = point;
  if (kind === 'random') return <circle class="mark random" cx={x} cy={y} r="4" />;
  if (label)
    return (
      <path
        class={`mark profile ${kind} ${point.feasible ? '' : 'infeasible'}`}
        d={`M${x} ${y - 6}L${x + 6} ${y}L${x} ${y + 6}L${x - 6} ${y}Z`}
      >
        <title>{label}</title>
      </path>
    );
  return (
    <circle
      class={`mark candidate ${shadeOf(point)} ${point.feasible ? '' : 'infeasible'}`}
      cx={x}
      cy={y}
      r="3.5"
    />
  );
}

function Axes({
  view,
  width,
  objectives,
}: {
  view: ScatterView;
  width: number;
  objectives: readonly ObjectiveView[];
}) {
  const { axes, xScale, yScale, xBound, yBound } = view;
  const [bottom, right] = [HEIGHT - MARGIN.bottom, width - MARGIN.right];
  return (
    <g class="axes">
      {yScale.ticks.map((tick) => (
        <g key={tick}>
          <line x1={MARGIN.left} x2={right} y1={yScale.at(tick)} y2={yScale.at(tick)} />
          <text x={MARGIN.left - 8} y={yScale.at(tick) + 4} text-anchor="end">
            {formatTick(tick, objectives[axes.y].unit)}
          </text>
        </g>
      ))}
      {xScale.ticks.map((tick) => (
        <text key={tick} x={xScale.at(tick)} y={bottom + 18} text-anchor="middle">
          {formatTick(tick, objectives[axes.x].unit)}
        </text>
      ))}
      {xBound !== undefined && xBound < right && xBound > MARGIN.left && (
        <rect
          class="forbidden"
          x={xBound}
          y={MARGIN.top}
          width={right - xBound}
          height={bottom - MARGIN.top}
        />
      )}
      {yBound !== undefined && yBound > MARGIN.top && yBound < bottom && (
        <rect
          class="forbidden"
          x={MARGIN.left}
          y={MARGIN.top}
          width={right - MARGIN.left}
          height={yBound - MARGIN.top}
        />
      )}
      <line class="base" x1={MARGIN.left} x2={right} y1={bottom} y2={bottom} />
      <text class="axis-name" x={right} y={HEIGHT - 4} text-anchor="end">
        {objectiveLabel(objectives[axes.x].name)} →
      </text>
      <text class="axis-name" x={4} y={14}>
        ↑ {objectiveLabel(objectives[axes.y].name)}, {objectives[axes.y].unit}
      </text>
    </g>
  );
}
