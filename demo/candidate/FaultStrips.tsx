import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { summaryOf } from '../model/arena';
import { formatNumber } from '../model/format';
import { stripOf } from '../model/strip';
import type { Session } from '../state/session';
import { running, scenario, settings } from '../state/store';
import type { EpisodeView } from '../worker/api';

/** Then the candidate is taken to be the one that is looked at. */
const SETTLED_MS = 500;
const STRIP = { width: 220, height: 44 };

/** The candidate's timeline under each fault: the share of requests served well. Drawn once the candidate stands still. */
export function FaultStrips({ genes, session }: { genes: Uint32Array; session: Session }) {
  const key = genes.join();
  const strips = useSignal<readonly (EpisodeView | undefined)[]>([]);
  const view = scenario.value;
  const settled = settings.value.genes !== null || !running.value;
  const { seed } = settings.value;
  useEffect(() => {
    strips.value = [];
    if (!settled || !view) return undefined;
    let stale = false;
    const simulate = async () => {
      for (const fault of view.faults.keys()) {
        if (stale || scenario.value !== view) return;
        const policy = { kind: 'genes', genes } as const;
        const episode = await session.compute.episode({
          policy,
          faults: [fault],
          startMs: null,
          strength: 1,
          seed,
        });
        if (!stale) strips.value = [...strips.value, episode];
      }
    };
    const timer = setTimeout(() => void simulate(), SETTLED_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [key, settled, view, seed]);
  return (
    <div class="strips">
      <h3>Through every fault</h3>
      {!settled && <p class="muted">Drawn when the evolution pauses, or for a point that you choose.</p>}
      <ul>
        {settled &&
          view?.faults.map(({ name }, fault) => (
            <Strip key={name} name={name} episode={strips.value[fault]} />
          ))}
      </ul>
    </div>
  );
}

function Strip({ name, episode }: { name: string; episode: EpisodeView | undefined }) {
  const { width, height } = STRIP;
  const drawn = episode && stripOf(episode, width, height);
  return (
    <li>
      <span class="strip-name">
        {name} {episode && <b>{formatNumber(summaryOf(episode).goodShare * 100)} %</b>}
      </span>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <rect class="strip-failed" width={width} height={height} />
        {drawn && (
          <>
            <path class="strip-slow" d={drawn.answered} />
            <path class="strip-good" d={drawn.good} />
            <rect
              class="strip-fault"
              x={drawn.faultFrom}
              width={drawn.faultTo - drawn.faultFrom}
              height={height}
            />
          </>
        )}
      </svg>
    </li>
  );
}
