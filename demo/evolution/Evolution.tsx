import type { Session } from '../state/session';
import { busy, frame, generationsDone, pausedBecause, running, scenario } from '../state/store';
import { Panel } from '../ui/Panel';
import { Controls } from './Controls';
import { Convergence } from './Convergence';
import { Legend } from './Legend';
import { Scatter } from './Scatter';

/** The search, as it goes. */
export function Evolution({ session }: { session: Session }) {
  const shown = frame.value;
  return (
    <Panel
      id="evolution"
      title="Evolution, live"
      lead="Each dot is one setting of every knob, judged against every fault. Down and left is better."
      actions={
        <>
          <button
            type="button"
            class="primary"
            onClick={() => (running.value ? session.pause() : session.proceed())}
          >
            {running.value ? 'Pause' : 'Evolve on'}
          </button>
          {/* Not `disabled`, which would take the focus from those who step by keyboard. */}
          <button type="button" aria-disabled={busy.value} onClick={() => session.step()}>
            Step
          </button>
        </>
      }
    >
      <p class="status" role="status">
        {shown ? (
          <>
            Generation <b>{shown.generation}</b> · <b>{shown.evaluations}</b> policies judged
            {shown.front.feasible.length === 0 && ' · none keeps within the limits yet'}
          </>
        ) : (
          'Generation 0 is on its way'
        )}
        {shown && busy.value && !running.value && (
          <span class="muted"> · generation {generationsDone.value} is still finished</span>
        )}
        {pausedBecause.value && <span class="muted"> · {pausedBecause.value}</span>}
      </p>
      <Scatter onChoose={(genes) => session.change({ genes: [...genes] })} />
      <Legend objectives={scenario.value?.objectives ?? []} />
      <h3>Share of the trade-offs won</h3>
      <Convergence />
      <Controls session={session} />
    </Panel>
  );
}
