import { LEAST_WIDTH, REACH } from '../state/fitness';
import { NumberField } from '../ui/fields';
import type { Domain, Interval } from '../worker/api';

/** Between which values each variable is looked at. */
export function DomainFields({ domain, onChange }: { domain: Domain; onChange: (domain: Domain) => void }) {
  return (
    <div class="row">
      <IntervalFields name="x" interval={domain.x} onChange={(x) => onChange({ ...domain, x })} />
      <IntervalFields name="y" interval={domain.y} onChange={(y) => onChange({ ...domain, y })} />
    </div>
  );
}

function IntervalFields({
  name,
  interval: [from, to],
  onChange,
}: {
  name: string;
  interval: Interval;
  onChange: (interval: Interval) => void;
}) {
  return (
    <>
      <NumberField
        label={`${name} from`}
        value={from}
        min={-REACH}
        max={to - LEAST_WIDTH}
        step="any"
        onCommit={(value) => onChange([value ?? from, to])}
      />
      <NumberField
        label={`${name} to`}
        value={to}
        min={from + LEAST_WIDTH}
        max={REACH}
        step="any"
        onCommit={(value) => onChange([from, value ?? to])}
      />
    </>
  );
}
