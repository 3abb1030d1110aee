import { objectiveLabel } from '../model/format';
import type { Session } from '../state/session';
import { RANGES } from '../state/settings';
import { bounds, mutation, pending, population, scenario, settings } from '../state/store';
import { NumberField } from '../ui/fields';

/** What may be changed while it runs. Every change is logged with its generation, in the page's link. */
export function Controls({ session }: { session: Session }) {
  const objectives = scenario.value?.objectives ?? [];
  const setBound = (axis: number, value: number | null) =>
    void session.update({
      bounds: objectives.map((_, k) => (k === axis ? value : (bounds.value[k] ?? null))),
    });
  return (
    <details class="controls">
      <summary>Change it while it runs</summary>
      <div class="grid-fields">
        <NumberField
          label="Population"
          value={population.value}
          {...RANGES.population}
          onCommit={(value) => value !== null && void session.update({ population: value })}
        />
        <NumberField
          label="Mutation rate"
          value={mutation.value ?? null}
          min={0}
          max={1}
          step="any"
          placeholder="1 / knobs"
          onCommit={(value) => value !== null && void session.update({ mutation: { probability: value } })}
        />
        <NumberField
          label="Seed (starts over)"
          value={settings.value.seed}
          {...RANGES.seed}
          onCommit={(value) => value !== null && void session.restart({ seed: value })}
        />
        {objectives.map(({ name, unit }, axis) => (
          <NumberField
            key={name}
            label={`${objectiveLabel(name)} at most, ${unit}`}
            value={bounds.value[axis] ?? null}
            min={0}
            max={1e9}
            step="any"
            placeholder="no limit"
            onCommit={(value) => setBound(axis, value)}
          />
        ))}
      </div>
      <ChangeLog />
    </details>
  );
}

function ChangeLog() {
  const { updates } = settings.value;
  const changes = [
    ...updates.map(({ generation, update }) => ({ from: `Generation ${generation}`, update })),
    ...pending.value.map((update) => ({ from: 'Next generation', update })),
  ];
  if (changes.length === 0) return null;
  return (
    <ol class="changes" aria-label="Live changes">
      {changes.map(({ from, update }, i) => (
        <li key={i}>
          <b>{from}</b>{' '}
          {Object.entries(update)
            .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
            .join(', ')}
        </li>
      ))}
    </ol>
  );
}
