import { sharedScales } from '../model/arena';
import type { Session } from '../state/session';
import { episodes, SIDES } from '../state/store';
import { Panel } from '../ui/Panel';
import { School } from './School';

/** The three schools through the same faults, requests and service times, side by side. */
export function Arena({ session }: { session: Session }) {
  const known = SIDES.map((side) => episodes.value[side]).filter((episode) => episode !== undefined);
  const scales = sharedScales(known);
  return (
    <Panel
      id="arena"
      title="The arena"
      lead="The same requests, the same service times, the same fault. Only the settings differ."
    >
      <div class="schools">
        {SIDES.map((side) => (
          <School key={side} side={side} session={session} scales={scales} />
        ))}
      </div>
    </Panel>
  );
}
