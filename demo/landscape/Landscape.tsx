import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { settings } from '../state/store';
import { Select } from '../ui/fields';
import type { SwarmAlgorithm } from '../worker/api';
import { Editor } from './Editor';
import { EXAMPLES } from './examples';
import { Lab } from './lab';
import { Relief } from './Relief';

const ALGORITHMS: readonly { value: SwarmAlgorithm; label: string }[] = [
  { value: 'cmaes', label: 'CMA-ES' },
  { value: 'lshade', label: 'L-SHADE' },
  { value: 'genetic', label: 'Genetic algorithm' },
  { value: 'random', label: 'Random search' },
];
const POPULATION = 24;

/** A fitness of the visitor's own, and a population that moves over it. */
export function Landscape() {
  const lab = useMemo(() => new Lab(), []);
  const example = useSignal<string>(EXAMPLES[0].name);
  const text = useSignal<string>(EXAMPLES[0].wgsl);
  const algorithm = useSignal<SwarmAlgorithm>('cmaes');
  const run = () =>
    void lab.run({
      wgsl: text.value,
      algorithm: algorithm.value,
      population: POPULATION,
      seed: settings.value.seed,
      engine: settings.value.engine,
    });
  useEffect(() => {
    run();
    return () => lab.end();
  }, [lab]);
  return (
    <div class="lab">
      <div>
        <div class="row">
          <Select
            label="Function"
            value={example.value}
            options={EXAMPLES.map(({ name }) => ({ value: name, label: name }))}
            onChange={(name) => {
              example.value = name;
              text.value = EXAMPLES.find((one) => one.name === name)!.wgsl;
              run();
            }}
          />
          <Select
            label="Algorithm"
            value={algorithm.value}
            options={ALGORITHMS}
            onChange={(name) => {
              algorithm.value = name;
              run();
            }}
          />
          <button type="button" class="primary" onClick={run}>
            Run
          </button>
        </div>
        <Editor
          text={EXAMPLES.find(({ name }) => name === example.value)!.wgsl}
          mistakes={lab.mistakes.value}
          onChange={(written) => {
            text.value = written;
          }}
        />
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
