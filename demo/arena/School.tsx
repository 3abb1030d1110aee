import { type SharedScales, summaryOf } from '../model/arena';
import { formatMs, formatNumber } from '../model/format';
import type { Session } from '../state/session';
import { episodes, type Side, scenario, settings } from '../state/store';
import { Select, Toggle } from '../ui/fields';
import type { EpisodeView } from '../worker/api';
import { AttemptsChart, LatencyChart, TrafficChart } from './charts';
import { Spans } from './Spans';

const TITLES: Record<Side, string> = {
  rules: 'Fixed rules',
  statistics: 'Statistics-based',
  evolved: 'Evolved',
};

/** One school's way through the faults. */
export function School({ side, session, scales }: { side: Side; session: Session; scales: SharedScales }) {
  const episode = episodes.value[side];
  return (
    <article class={`school school-${side}`} aria-label={TITLES[side]}>
      <h3>{TITLES[side]}</h3>
      <Who side={side} session={session} />
      {episode ? (
        <>
          <Summary episode={episode} />
          <TrafficChart episode={episode} top={scales.rate} />
          <LatencyChart episode={episode} scale={scales.latencyMs} />
          <AttemptsChart episode={episode} top={scales.attempts} />
          <Spans episode={episode} />
        </>
      ) : (
        <p class="waiting">
          {side === 'evolved' ? 'Waiting for the first policy that keeps within the limits…' : 'Simulating…'}
        </p>
      )}
    </article>
  );
}

/** Which policy stands for the school. */
function Who({ side, session }: { side: Side; session: Session }) {
  const { rules, statistics, retryBudgetPercent, genes } = settings.value;
  if (side === 'evolved')
    return (
      <p class="who">
        {genes ? 'The candidate you chose. ' : 'The least downtime at no more than the best rules cost. '}
        {genes && (
          <button type="button" class="link" onClick={() => session.change({ genes: null })}>
            Follow the best again
          </button>
        )}
      </p>
    );
  const school = side === 'rules' ? 'rule-based' : 'statistics-based';
  const options = (scenario.value?.contestants ?? [])
    .filter((contestant) => contestant.school === school)
    .map(({ id, label }) => ({ value: id, label }));
  return (
    <div class="who">
      <Select
        label={`Policy of ${TITLES[side]}`}
        hideLabel
        value={side === 'rules' ? rules : statistics}
        options={options}
        onChange={(id) => session.change(side === 'rules' ? { rules: id } : { statistics: id })}
      />
      {side === 'rules' && (
        <Toggle
          label="with a retry budget of 20 %"
          checked={retryBudgetPercent !== null}
          onChange={(checked) => session.change({ retryBudgetPercent: checked ? 20 : null })}
        />
      )}
    </div>
  );
}

function Summary({ episode }: { episode: EpisodeView }) {
  const { goodShare, recoveryMs, worstAttempts } = summaryOf(episode);
  return (
    <dl class="figures">
      <div>
        <dt>served well</dt>
        <dd>{formatNumber(goodShare * 100)} %</dd>
      </div>
      <div>
        <dt>well again after</dt>
        <dd class={recoveryMs === null ? 'bad' : undefined}>
          {episode.faults.length === 0
            ? '–'
            : recoveryMs === null
              ? 'never'
              : recoveryMs === 0
                ? 'at once'
                : formatMs(recoveryMs)}
        </dd>
      </div>
      <div>
        <dt>attempts, at most</dt>
        <dd>{formatNumber(worstAttempts)}</dd>
      </div>
      <div>
        <dt>a month</dt>
        <dd>${formatNumber(episode.costPerMonth)}</dd>
      </div>
    </dl>
  );
}
