import { useSignal } from '@preact/signals';
import { formatObjective, objectiveLabel } from '../model/format';
import type { Session } from '../state/session';
import { scenario, settings } from '../state/store';
import type { CandidateView, KnobEffect } from '../worker/api';

/** Every knob beside what runs today; on request, what each change buys. */
export function Knobs({
  view,
  genes,
  session,
}: {
  view: CandidateView;
  genes: Uint32Array;
  session: Session;
}) {
  const effects = useSignal<
    { readonly genes: string; readonly list: readonly KnobEffect[] } | 'asked' | undefined
  >(undefined);
  const key = genes.join();
  const known =
    typeof effects.value === 'object' && effects.value.genes === key ? effects.value.list : undefined;
  const ask = async () => {
    effects.value = 'asked';
    try {
      const list = await session.compute.knobEffects(genes, settings.value.seed);
      effects.value = { genes: key, list };
    } finally {
      if (effects.value === 'asked') effects.value = undefined;
    }
  };
  const changed = view.knobs.filter((knob) => knob.changed).length;
  const objectives = scenario.value?.objectives ?? [];
  return (
    <>
      <div class="row">
        <p class="muted">
          {changed} of {view.knobs.length} knobs are turned.
        </p>
        <button type="button" disabled={effects.value === 'asked'} onClick={() => void ask()}>
          {effects.value === 'asked' ? 'Simulating…' : 'What does each change buy?'}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="table-scroll" tabIndex={0} aria-label="Knobs">
        <table>
          <thead>
            <tr>
              <th scope="col">Knob</th>
              <th scope="col">Where</th>
              <th scope="col">Today</th>
              <th scope="col">Evolved</th>
              {known &&
                objectives.map(({ name }) => (
                  <th key={name} scope="col" class="figure">
                    {objectiveLabel(name)}, if undone
                  </th>
                ))}
            </tr>
          </thead>
          <tbody>
            {view.knobs.map((knob, k) => (
              <tr key={`${knob.name} ${knob.scope}`} class={knob.changed ? 'changed' : undefined}>
                <th scope="row" title={knob.note}>
                  {knob.name}
                </th>
                <td>{knob.scope}</td>
                <td>{knob.today}</td>
                <td>{knob.evolved}</td>
                {known &&
                  objectives.map(({ name, unit }, axis) => (
                    <td key={name} class="figure">
                      {difference(known.find((effect) => effect.knob === k)?.differences[axis], unit)}
                    </td>
                  ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function difference(value: number | undefined, unit: string): string {
  if (value === undefined) return '';
  if (value === 0) return '0';
  return `${value > 0 ? '+' : '−'}${formatObjective(Math.abs(value), unit)}`;
}
