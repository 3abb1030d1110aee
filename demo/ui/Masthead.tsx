import { type Headline, headlineOf } from '../model/headline';
import { BUILT_INS } from '../state/scenarios';
import type { Session } from '../state/session';
import { engine, finalTest, frame, scenario, settings } from '../state/store';
import { Select } from './fields';
import { chooseTheme, type Theme, theme } from './theme';

const THEMES: readonly { value: Theme; label: string }[] = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** What this is, and what it has come to so far. */
export function Masthead({ session }: { session: Session }) {
  const { scenario: id } = settings.value;
  const options = BUILT_INS.map(({ id: value, label }) => ({ value, label }));
  const view = scenario.value;
  const headline = frame.value && view && headlineOf(frame.value, view.objectives, finalTest.value);
  return (
    <header class="masthead">
      <div class="bar">
        <h1>Tardigrade</h1>
        <p class="claim">Fault tolerance that evolves.</p>
        <div class="bar-fields">
          <Select
            label="Scenario"
            value={id}
            options={
              id === 'file' ? [...options, { value: 'file', label: view?.name ?? 'Your file' }] : options
            }
            onChange={(value) => void session.chooseScenario(value)}
          />
          <Select label="Theme" value={theme.value} options={THEMES} onChange={chooseTheme} />
        </div>
      </div>
      <p class="headline">
        {headline ? (
          <Result headline={headline} />
        ) : (
          'Breeding the settings that survive failure: retries, time-outs, breakers, replicas.'
        )}
      </p>
      <p class="engine-line muted">
        {engine.value && `${engine.value.description} · seed ${settings.value.seed}`}
      </p>
    </header>
  );
}

function Result({ headline }: { headline: Headline }) {
  const { opening, evolved, rules, rulesLabel, verdict } = headline;
  return (
    <>
      {opening}: <b class="side-evolved">{evolved.value}</b>
      {evolved.interval && ` (95 %: ${evolved.interval})`} with evolved settings
      {evolved.cost && ` for ${evolved.cost}`}, <b class="side-rules">{rules.value}</b>
      {rules.interval && ` (95 %: ${rules.interval})`} with the best fixed rules, {rulesLabel}
      {rules.cost && `, for ${rules.cost}`}.{verdict && ` ${verdict}`}
    </>
  );
}
