import { formatMs, formatNumber } from '../model/format';
import type { Session } from '../state/session';
import { RANGES } from '../state/settings';
import { settings } from '../state/store';
import { Slider, Toggle } from '../ui/fields';
import type { FaultView } from '../worker/api';

/** Which fault, when, and how hard. */
export function Conditions({
  session,
  faults,
  declaredStartMs,
}: {
  session: Session;
  faults: readonly FaultView[];
  declaredStartMs: number;
}) {
  const { faults: picked, startMs, strength } = settings.value;
  const graded = picked.some((fault) => faults[fault]?.graded);
  return (
    <div class="conditions">
      <fieldset class="faults">
        <legend>What goes wrong (one after the other)</legend>
        {faults.map(({ name, effect }, fault) => (
          <Toggle
            key={name}
            checked={picked.includes(fault)}
            label={
              <>
                <b>{name}</b> <span class="muted">{effect}</span>
              </>
            }
            onChange={(checked) =>
              session.change({
                faults: checked
                  ? [...picked, fault].sort((a, b) => a - b)
                  : picked.filter((other) => other !== fault),
              })
            }
          />
        ))}
      </fieldset>
      <div class="sliders">
        <Slider
          label="When"
          value={startMs ?? declaredStartMs}
          {...RANGES.startMs}
          step={1000}
          text={`after ${formatMs(startMs ?? declaredStartMs)}`}
          onInput={(value) => session.change({ startMs: value === declaredStartMs ? null : value })}
        />
        <Slider
          label="How hard"
          value={strength}
          {...RANGES.strength}
          step={0.25}
          text={graded ? `${formatNumber(strength)} × as declared` : 'down is down'}
          disabled={!graded}
          onInput={(value) => session.change({ strength: value })}
        />
      </div>
    </div>
  );
}
