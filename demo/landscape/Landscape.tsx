import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { ALGORITHMS, type FitnessSettings } from '../state/fitness';
import type { Session } from '../state/session';
import { settings } from '../state/store';
import { Select } from '../ui/fields';
import type { SwarmAlgorithm } from '../worker/api';
import { DomainFields } from './DomainFields';
import { Editor } from './Editor';
import { EXAMPLES } from './examples';
import { Lab } from './lab';
import { Relief } from './Relief';

const POPULATION = 24;
const OWN = 'Your own';
const [{ wgsl, domain }] = EXAMPLES;
const FIRST: FitnessSettings = { wgsl, domain, algorithm: 'cmaes' };

/** A fitness of the visitor's own, and a population that moves over it. */
export function Landscape({ session }: { session: Session }) {
  const lab = useMemo(() => new Lab(), []);
  const fitness = settings.value.fitness ?? FIRST;
  const draft = useSignal(fitness.wgsl);
  const run = (changes: Partial<FitnessSettings> = {}) => {
    const next = { ...fitness, wgsl: draft.value, ...changes };
    draft.value = next.wgsl;
    session.change({ fitness: next });
    void lab.run({ ...next, population: POPULATION, seed: settings.value.seed });
  };
  const choose = (name: string) => {
    const chosen = EXAMPLES.find((one) => one.name === name);
    if (chosen) run({ wgsl: chosen.wgsl, domain: chosen.domain });
  };
  useEffect(() => {
    run();
    return () => lab.end();
  }, [lab]);
  const example = EXAMPLES.find((one) => one.wgsl === draft.value)?.name ?? OWN;
  const names = [...EXAMPLES.map(({ name }) => name), ...(example === OWN ? [OWN] : [])];
  return (
    <div class="lab">
      <div>
        <div class="row">
          <Select
            label="Function"
            value={example}
            options={names.map((name) => ({ value: name, label: name }))}
            onChange={choose}
          />
          <Select
            label="Algorithm"
            value={fitness.algorithm}
            options={Object.entries(ALGORITHMS).map(([value, label]) => ({
              value: value as SwarmAlgorithm,
              label,
            }))}
            onChange={(algorithm) => run({ algorithm })}
          />
          <button type="button" class="primary" onClick={() => run()}>
            Run
          </button>
        </div>
        <Editor
          text={draft.value}
          mistakes={lab.mistakes.value}
          onChange={(written) => {
            draft.value = written;
          }}
        />
        <DomainFields domain={fitness.domain} onChange={(changed) => run({ domain: changed })} />
      </div>
      <div>
        <Relief lab={lab} />
        <p class={`lab-status ${lab.mistakes.value.length > 0 ? 'bad' : ''}`} role="status">
          {lab.status.value}
        </p>
      </div>
    </div>
  );
}
