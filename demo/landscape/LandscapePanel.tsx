import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { Panel } from '../ui/Panel';

/** The editor and what it needs are loaded by those who ask for them. */
export function LandscapePanel() {
  const loaded = useSignal<ComponentType | undefined>(undefined);
  const Landscape = loaded.value;
  const open = async () => {
    loaded.value = (await import('./Landscape')).Landscape;
  };
  return (
    <Panel
      id="landscape"
      title="Your own fitness"
      lead="Underneath is a general optimiser: write any function in WGSL and watch a population find its lowest point."
      actions={
        !Landscape && (
          <button type="button" onClick={() => void open()}>
            Open the editor
          </button>
        )
      }
    >
      {Landscape && <Landscape />}
    </Panel>
  );
}
