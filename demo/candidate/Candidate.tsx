import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { hashOf } from '../state/hash';
import type { Session } from '../state/session';
import { evolvedGenes, scenario, settings } from '../state/store';
import { Panel } from '../ui/Panel';
import type { CandidateView } from '../worker/api';
import { FaultStrips } from './FaultStrips';
import { Knobs } from './Knobs';

/** The evolved policy in the arena, knob by knob, to be taken away. */
export function Candidate({ session }: { session: Session }) {
  const genes = evolvedGenes.value;
  const key = genes?.join();
  const view = useSignal<CandidateView | undefined>(undefined);
  const copied = useSignal(false);
  useEffect(() => {
    let stale = false;
    if (genes && scenario.value)
      void session.compute.candidate(genes).then((answer) => {
        if (!stale) view.value = answer;
      });
    return () => {
      stale = true;
    };
  }, [key, session, scenario.value]);
  const copy = async () => {
    // The address follows a little later than what is on the page.
    await navigator.clipboard.writeText(new URL(`#${hashOf(settings.value)}`, location.href).href);
    copied.value = true;
    setTimeout(() => {
      copied.value = false;
    }, 2000);
  };
  return (
    <Panel
      id="candidate"
      title="The candidate"
      lead={
        settings.value.genes
          ? 'The point you chose.'
          : 'The one to recommend so far. Click a point of the front for another.'
      }
      actions={
        <>
          <button type="button" disabled={!view.value} onClick={() => download(view.value!.policyYaml)}>
            Download policy.yaml
          </button>
          <button type="button" onClick={() => void copy()}>
            {copied.value ? 'Copied' : 'Copy link'}
          </button>
        </>
      }
    >
      {settings.value.scenario === 'file' && (
        <p class="muted">A link does not carry your file: who opens it has to drop the same file there.</p>
      )}
      {view.value && genes ? (
        <>
          <FaultStrips genes={genes} session={session} />
          <Knobs view={view.value} genes={genes} session={session} />
        </>
      ) : (
        <p class="waiting">No policy keeps within the limits yet.</p>
      )}
    </Panel>
  );
}

function download(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = 'policy.yaml';
  anchor.click();
  URL.revokeObjectURL(url);
}
