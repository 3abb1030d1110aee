import { formatNumber } from '../model/format';
import type { Session } from '../state/session';
import { episodes, playheadMs, playing, SIDES, type Side, scenario, shownSide } from '../state/store';
import { Panel } from '../ui/Panel';
import type { EpisodeView } from '../worker/api';
import { Conditions } from './Conditions';
import { DropZone } from './DropZone';
import { GraphView } from './GraphView';

const LABELS: Record<Side, string> = { rules: 'Fixed rules', statistics: 'Statistics', evolved: 'Evolved' };

/** The system itself, alive: one episode of the simulation over and over. */
export function System({ session }: { session: Session }) {
  const view = scenario.value;
  const episode = episodes.value[shownSide.value];
  return (
    <Panel
      id="system"
      title={view ? view.name : 'The system'}
      lead={
        view &&
        `${formatNumber(view.ratePerS)} requests a second through ${view.services.length} services in ${view.zones.length} zones. ${view.source}`
      }
    >
      <div class="transport">
        <fieldset class="segments">
          <legend class="visually-hidden">Whose settings are in force</legend>
          {SIDES.map((side) => (
            <button
              key={side}
              type="button"
              class={`side-${side}`}
              aria-pressed={shownSide.value === side}
              disabled={!episodes.value[side]}
              onClick={() => {
                shownSide.value = side;
              }}
            >
              {LABELS[side]}
            </button>
          ))}
        </fieldset>
        <button type="button" aria-pressed={playing.value} onClick={() => (playing.value = !playing.value)}>
          {playing.value ? 'Stop' : 'Play'}
        </button>
        {episode && <Playhead episode={episode} />}
      </div>
      {view && episode ? (
        <GraphView scenario={view} flow={episode.flow} />
      ) : (
        <p class="waiting">Simulating an episode…</p>
      )}
      {view && <Conditions session={session} faults={view.faults} declaredStartMs={view.faultStartMs} />}
      <DropZone session={session} />
    </Panel>
  );
}

/** Where in the episode we are, and what is going on there. */
function Playhead({ episode }: { episode: EpisodeView }) {
  const timeMs = playheadMs.value;
  const durationMs = episode.buckets * episode.bucketMs;
  const fault = episode.faults.find(({ startMs, endMs }) => timeMs >= startMs && timeMs < endMs);
  const after = episode.faults.some(({ endMs }) => timeMs >= endMs);
  return (
    <>
      <label class="scrub">
        <span class="visually-hidden">Moment of the episode</span>
        <input
          type="range"
          min={0}
          max={durationMs}
          step={250}
          value={timeMs}
          aria-valuetext={`${Math.round(timeMs / 1000)} s`}
          onInput={(event) => {
            playing.value = false;
            playheadMs.value = event.currentTarget.valueAsNumber;
          }}
        />
      </label>
      <span class={`moment ${fault ? 'bad' : ''}`}>
        {Math.floor(timeMs / 1000)} s · {fault ? fault.name : after ? 'the fault is over' : 'no fault'}
      </span>
    </>
  );
}
