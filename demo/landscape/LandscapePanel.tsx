import { useSignal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Session } from '../state/session';
import { settings } from '../state/store';
import { Panel } from '../ui/Panel';

/** The editor and what it needs are loaded by those who ask for them, or whose link does. */
export function LandscapePanel({ session }: { session: Session }) {
  const loaded = useSignal<FunctionComponent<{ session: Session }> | undefined>(undefined);
  const Landscape = loaded.value;
  const open = async () => {
    const module = await import('./Landscape');
    loaded.value = module.Landscape;
  };
  useEffect(() => {
    if (settings.value.fitness) void open();
  }, []);
  return (
    <Panel
      id="landscape"
      title="Your own fitness"
      lead="Underneath is a general optimiser: write any function in WGSL and watch a population find its lowest point. It runs on WebAssembly, where a loop that never ends can be stopped."
      actions={
        !Landscape && (
          <button type="button" onClick={() => void open()}>
            Open the editor
          </button>
        )
      }
    >
      {Landscape && <Landscape session={session} />}
    </Panel>
  );
}
