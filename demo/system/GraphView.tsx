import { computed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { bucketAt, type Moment, momentOf } from '../model/flow';
import { REPLICA } from '../model/graph';
import { playheadMs } from '../state/store';
import type { FlowView, NodeBox, ScenarioView, ServiceView } from '../worker/api';

/** Texts are drawn no smaller than at this share of their size; a larger graph scrolls. */
const SMALLEST = 0.75;
const TALL_PX = 480;

/** The call graph with its replicas, as it is at the playhead. */
export function GraphView({ scenario, flow }: { scenario: ScenarioView; flow: FlowView }) {
  const { layout } = flow;
  const bucket = useMemo(() => computed(() => bucketAt(flow, playheadMs.value)), [flow]);
  const moment = momentOf(flow, bucket.value);
  const busiest = Math.max(scenario.ratePerS, 1);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="graph" tabIndex={0} aria-label="Call graph">
      <svg
        role="img"
        aria-label={describe(scenario, moment)}
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        style={{ minWidth: layout.width * SMALLEST, maxHeight: Math.max(TALL_PX, layout.height * SMALLEST) }}
      >
        {layout.edges.map(({ edge, path }) => (
          <Edge key={edge} path={path} {...moment.edges[edge]} busiest={busiest} />
        ))}
        {layout.nodes.slice(0, -1).map((node, s) => (
          <Service
            key={node.name}
            node={node}
            service={scenario.services[s]}
            zones={scenario.zones}
            states={moment.replicas}
            tankHeight={layout.tankHeight}
          />
        ))}
        <Clients node={layout.nodes[layout.nodes.length - 1]} />
      </svg>
    </section>
  );
}

function describe({ services, edges }: ScenarioView, moment: Moment): string {
  const failing = edges.filter((_, e) => moment.edges[e].failedShare > 0.1).map(({ name }) => name);
  const down = moment.replicas.filter((replica) => replica.down).length;
  return `${services.length} services; ${down === 0 ? 'no replica' : `${down} replicas`} down; ${failing.length === 0 ? 'no call fails' : `calls fail on ${failing.join(', ')}`}`;
}

/** Thick with traffic, red with failures; dashes run with the calls. */
function Edge({
  path,
  perS,
  failedShare,
  busiest,
}: {
  path: string;
  perS: number;
  failedShare: number;
  busiest: number;
}) {
  const width = 1 + 7 * Math.sqrt(Math.min(1, perS / (busiest * 8)));
  const state = failedShare > 0.5 ? 'failing' : failedShare > 0.1 ? 'strained' : 'well';
  return (
    <g class={`edge ${state}`}>
      <path d={path} style={{ strokeWidth: width }} />
      {perS > 0 && <Dashes path={path} width={Math.max(1.2, width / 2.5)} />}
    </g>
  );
}

/** Dashes that run with the playhead: a drawing that moves by itself would be painted sixty times a second. */
function Dashes({ path, width }: { path: string; width: number }) {
  const offset = useMemo(() => computed(() => -Math.round(playheadMs.value / 16) % 140), []);
  return <path class="dashes" d={path} style={{ strokeWidth: width, strokeDashoffset: offset.value }} />;
}

function Clients({ node }: { node: NodeBox }) {
  const { x, y, width, height } = node;
  return (
    <g class="node clients" transform={`translate(${x - width / 2} ${y - height / 2})`}>
      <rect width={width} height={height} rx={height / 2} />
      <text x={width / 2} y={height / 2 + 4} text-anchor="middle">
        clients
      </text>
    </g>
  );
}

function Service({
  node,
  service,
  zones,
  states,
  tankHeight,
}: {
  node: NodeBox;
  service: ServiceView;
  zones: readonly string[];
  states: Moment['replicas'];
  tankHeight: number;
}) {
  const { x, y, width, height, name } = node;
  const bars = node.zones.flatMap(({ replicas }) => replicas);
  const total =
    bars.length * (REPLICA.width + REPLICA.gap) - REPLICA.gap + (node.zones.length - 1) * REPLICA.zoneGap;
  let left = (width - total) / 2;
  return (
    <g class="node" transform={`translate(${x - width / 2} ${y - height / 2})`}>
      <rect width={width} height={height} rx="8" />
      <text class="name" x={width / 2} y="19" text-anchor="middle">
        {name}
      </text>
      {node.zones.map(({ zone, replicas }) => {
        const start = left;
        left += replicas.length * (REPLICA.width + REPLICA.gap) - REPLICA.gap + REPLICA.zoneGap;
        const middle = start + (replicas.length * (REPLICA.width + REPLICA.gap) - REPLICA.gap) / 2;
        return (
          <g key={zone}>
            {replicas.map((replica, i) => (
              <Replica
                key={replica}
                x={start + i * (REPLICA.width + REPLICA.gap)}
                workers={service.workers}
                height={tankHeight}
                {...states[replica]}
              />
            ))}
            <text class="zone" x={middle} y={height - 8} text-anchor="middle">
              {zones[zone]}
            </text>
          </g>
        );
      })}
    </g>
  );
}

/** A tank of calls in progress: full when every worker is taken, red when more are waiting than that. */
function Replica({
  x,
  height,
  workers,
  inFlight,
  down,
}: {
  x: number;
  height: number;
  workers: number;
  inFlight: number;
  down: boolean;
}) {
  const share = Math.min(1, inFlight / workers);
  const filled = Math.round(share * height);
  const state = down ? 'down' : inFlight > workers ? 'over' : 'well';
  return (
    <g class={`replica ${state}`} transform={`translate(${x} 28)`}>
      <rect class="tank" width={REPLICA.width} height={height} rx="3" />
      {!down && <rect class="level" width={REPLICA.width} y={height - filled} height={filled} rx="3" />}
      {down && (
        <path
          class="cross"
          d={`M2 ${height / 2 - 5}l${REPLICA.width - 4} 10m0 -10l${4 - REPLICA.width} 10`}
        />
      )}
    </g>
  );
}
