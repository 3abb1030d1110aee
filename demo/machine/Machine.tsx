import { useSignal } from '@preact/signals';
import { formatCompact, formatMs } from '../model/format';
import type { Session } from '../state/session';
import { engine, frame, settings } from '../state/store';
import { Select } from '../ui/fields';
import { Panel } from '../ui/Panel';
import type { Digest, EngineChoice } from '../worker/api';

const ENGINES: readonly { value: EngineChoice; label: string }[] = [
  { value: 'auto', label: 'Best there is' },
  { value: 'webgpu', label: 'WebGPU' },
  { value: 'wasm', label: 'WebAssembly' },
];

/** Which engine computes, why, how fast, and whether another one comes to the same. */
export function Machine({ session }: { session: Session }) {
  return (
    <Panel
      id="machine"
      title="The machine"
      lead="Everything is computed here, in a worker of this page. Nothing is sent anywhere."
    >
      <Facts />
      <div class="row">
        <Select
          label="Engine"
          value={settings.value.engine}
          options={ENGINES}
          onChange={(choice) => void session.chooseEngine(choice)}
        />
        <button type="button" class="quiet" onClick={() => void session.compute.loseDevice()}>
          Lose the device
        </button>
      </div>
      <SameResult session={session} />
    </Panel>
  );
}

function Facts() {
  const facts = engine.value;
  if (!facts) return <p class="muted">Looking for an engine…</p>;
  return (
    <>
      <p class="engine">
        <strong>{facts.description}</strong> <span class="muted">{facts.reason}</span>
        {!facts.isolated && facts.kind === 'wasm' && (
          <span class="muted"> This host does not isolate the page, so one thread computes.</span>
        )}
      </p>
      <dl class="figures">
        <div>
          <dt>policies judged a second</dt>
          <dd>{frame.value?.evaluationsPerS ? formatCompact(frame.value.evaluationsPerS) : '–'}</dd>
        </div>
        <div>
          <dt>simulated calls a second</dt>
          <dd>{frame.value?.callsPerS ? formatCompact(frame.value.callsPerS) : '–'}</dd>
        </div>
      </dl>
    </>
  );
}

type Outcome = Digest | { readonly refusal: string } | 'running';
const BOTH = ['wasm', 'webgpu'] as const;

/** The run's own digest, which switching the engine makes again; and one simulation on both engines, side by side. */
function SameResult({ session }: { session: Session }) {
  const outcomes = useSignal<Partial<Record<(typeof BOTH)[number], Outcome>>>({});
  const busy = Object.values(outcomes.value).includes('running');
  const digests = Object.values(outcomes.value).flatMap((one) =>
    typeof one === 'object' && 'digest' in one ? [one.digest] : [],
  );
  const compare = async () => {
    outcomes.value = {};
    for (const name of BOTH) {
      outcomes.value = { ...outcomes.value, [name]: 'running' };
      const outcome = await session.compute
        .digest(name, settings.value.seed)
        .catch((error: Error) => ({ refusal: error.message }));
      outcomes.value = { ...outcomes.value, [name]: outcome };
    }
  };
  return (
    <div class="same">
      <div class="row">
        <p>
          Seed {settings.value.seed} has <em>one</em> result, whatever computes it.
          {frame.value?.digest && (
            <span class="digest-line">
              Generation {frame.value.generation}: <code>{frame.value.digest.slice(0, 24)}…</code>
            </span>
          )}
        </p>
        <button type="button" disabled={busy} onClick={() => void compare()}>
          {busy ? 'Comparing…' : 'Compare engines'}
        </button>
      </div>
      <ul class="digests" aria-live="polite">
        {BOTH.map((name) => (
          <DigestLine key={name} name={name} outcome={outcomes.value[name]} />
        ))}
      </ul>
      {digests.length === 2 && (
        <p class={digests[0] === digests[1] ? 'verdict good' : 'verdict bad'} role="status">
          {digests[0] === digests[1] ? '✓ The same to the last bit.' : '✗ They differ: please report this.'}
        </p>
      )}
    </div>
  );
}

function DigestLine({ name, outcome }: { name: 'wasm' | 'webgpu'; outcome: Outcome | undefined }) {
  const label = name === 'wasm' ? 'WebAssembly' : 'WebGPU';
  if (outcome === undefined) return null;
  if (outcome === 'running')
    return (
      <li>
        <b>{label}</b> <span class="muted">computing…</span>
      </li>
    );
  if ('refusal' in outcome)
    return (
      <li>
        <b>{label}</b> <span class="muted">{outcome.refusal}</span>
      </li>
    );
  return (
    <li>
      <b>{label}</b> <code title={outcome.digest}>{outcome.digest.slice(0, 24)}…</code>{' '}
      <span class="muted">{formatMs(outcome.durationMs)}</span>
    </li>
  );
}
