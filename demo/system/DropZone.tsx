import { useSignal } from '@preact/signals';
import type { Session } from '../state/session';

/** Larger than any scenario that fits the simulator's capacities. */
const MOST_BYTES = 2_000_000;

/** Takes a scenario of the visitor's own, dropped or picked. */
export function DropZone({ session }: { session: Session }) {
  const over = useSignal(false);
  const open = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > MOST_BYTES) session.tell('problem', `${file.name} is too large to be a scenario.`);
    else await session.openFile(file.name, await file.text());
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what can be dropped here can be picked by the button inside
    <div
      class={`drop ${over.value ? 'over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => {
        over.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        over.value = false;
        void open(event.dataTransfer?.files[0]);
      }}
    >
      <label>
        <input
          type="file"
          accept=".yaml,.yml"
          class="visually-hidden"
          onChange={(event) => {
            void open(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
        <span class="link">Open your own scenario</span>
      </label>
      <span class="muted"> or drop its YAML file here. It stays on this machine.</span>
    </div>
  );
}
