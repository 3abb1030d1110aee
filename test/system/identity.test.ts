import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../src/gpu';
import { describeOnEngines } from '../../src/gpu/testing/engines';
import { observe } from '../../src/gpu/testing/observe';
import { composeResult, writeResult } from '../../src/report';
import {
  type EvolveCheckpoint,
  type EvolveOptions,
  evolveScenario,
  loadScenario,
  type Scenario,
} from '../../src/system';
import { SHOP_YAML } from '../../src/system/testing/shop';

// The whole way from a scenario to the bytes of result.json. That a killed process goes on to the same bytes is
// tested on the command line (test/e2e); that single records agree, beside the simulator.

const BOUTIQUE = new URL('../../examples/online-boutique.yaml', import.meta.url);
const boutique = loadScenario(readFileSync(BOUTIQUE, 'utf8'), 'online-boutique.yaml');

/**
 * For Dawn's software adapter, on which the real example takes many minutes (it runs a hundred times slower than
 * WebAssembly): an outage, an attack and a few thousand calls, through every step of a study.
 */
const shop = loadScenario(SHOP_YAML, 'shop.yaml');
const smallShop: Scenario = {
  ...shop,
  faults: shop.faults.filter(({ name }) => name === 'zone' || name === 'flood'),
  windows: { warmupUs: 2e5, healthyUs: 3e5, onsetUs: 6e5, steadyUs: 3e5, recoveryUs: 3e5 },
};

const BUDGET: EvolveOptions = {
  seed: 3,
  generations: 2,
  population: 6,
  replications: 1,
  // The second generation meets other episodes than the first.
  rotateEvery: 1,
  choiceReplications: 2,
  heldout: 2,
};
const TIMEOUT_MS = 240_000;

/** The text of result.json. */
async function evolve(engine: Engine, scenario: Scenario, options: EvolveOptions = {}): Promise<string> {
  const result = await evolveScenario(engine, scenario, { ...BUDGET, ...options });
  return writeResult(composeResult(scenario, result));
}

const references = new Map<Scenario, Promise<string>>();

/** What one worker of WebAssembly gives: the result that every other engine must give too. */
function reference(scenario: Scenario): Promise<string> {
  const known = references.get(scenario);
  if (known) return known;
  const text = openEngine({ engine: 'wasm', workers: 1 }).then((engine) =>
    evolve(engine, scenario).finally(() => engine.close()),
  );
  references.set(scenario, text);
  return text;
}

/** Destroys the device as soon as it has been given its next piece of work. */
function destroyAtNextSubmit(device: GPUDevice): void {
  const { queue } = device;
  const { submit } = queue;
  queue.submit = (commands) => {
    submit.call(queue, commands);
    device.destroy();
  };
}

describeOnEngines('An evolution', (under) => {
  const onDawn = under.name === 'Dawn';
  const scenario = onDawn ? smallShop : boutique;
  const checkpoints: EvolveCheckpoint[] = [];
  let text: string;

  beforeAll(async () => {
    const engine = await under.open();
    text = await evolve(engine, scenario, {
      onCheckpoint: (state) => {
        checkpoints.push(structuredClone(state));
      },
    });
    engine.close();
  }, TIMEOUT_MS);

  it(
    'gives the same bytes as on one worker of WebAssembly',
    async () => {
      expect(text).toBe(await reference(scenario));
    },
    TIMEOUT_MS,
  );

  it(
    'goes on from its checkpoint to the same bytes on another engine',
    async () => {
      const engine = await openEngine({ engine: 'wasm', workers: onDawn ? 2 : 1 });
      expect(await evolve(engine, scenario, { resume: checkpoints[0] })).toBe(await reference(scenario));
      engine.close();
    },
    TIMEOUT_MS,
  );

  it(
    'goes on, says so and gives the same bytes when the device is destroyed while it works',
    async () => {
      // A GPU comes back once; WebAssembly, which nothing could stand in for, every time.
      const { gpu, counts, device } = observe(await under.gpu(), (devices) => !onDawn || devices < 2);
      const engine = await openEngine({ gpu, workers: 0 });
      const notices: string[] = [];
      engine.onNotice((notice) => notices.push(notice));
      const survived = await evolve(engine, scenario, {
        onCheckpoint: ({ genetic }) => {
          if (genetic.generation === 1) destroyAtNextSubmit(device());
        },
        onStage: (stage) => {
          if (stage === 'choosing' || (stage === 'drawing' && !onDawn)) destroyAtNextSubmit(device());
        },
      });
      const another = expect.stringMatching(/was lost .*; another was opened and the work runs again\.$/);
      const standIn = expect.stringMatching(/was lost .* and did not come back; WebAssembly goes on\.$/);
      expect(notices).toEqual(onDawn ? [another, standIn] : [another, another, another]);
      expect(counts.devices).toBe(onDawn ? 2 : 4);
      expect(survived).toBe(await reference(scenario));
      engine.close();
    },
    TIMEOUT_MS,
  );
});
