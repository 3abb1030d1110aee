import { describe, expect, it } from 'vitest';
import { proportion } from '../measure/intervals';
import { loadScenario } from '../scenario';
import { SHOP_YAML } from '../testing/shop';
import type { FrontVolumes } from './fronts';
import type { Tested } from './table';
import { type Findings, verdict } from './verdict';

const scenario = loadScenario(SHOP_YAML, 'shop.yaml');

function tested(label: string, means: number[], violation = 0): Tested {
  const perFault = [{ fault: 'flood', neverRecovered: proportion([false, false]) }];
  return { row: { label, perFault }, assessed: { means, violation } } as unknown as Tested;
}

/** Fronts so far apart, each sure to two hundredths. */
function volumes(lead: number): FrontVolumes {
  const around = (mean: number) => ({ mean, low: mean - 0.02, high: mean + 0.02 });
  return { genetic: around(0.4 + lead), random: around(0.4), lead: around(lead) };
}

const WON: Findings = {
  scenario,
  choice: tested('Genetic choice', [214.4, 0.0321, 500]),
  bestProfile: tested('Envoy best practice, 2 replicas', [562.1, 0.12, 480]),
  profiles: [
    { label: 'Envoy defaults, 1 replica', dominated: true },
    { label: 'Istio defaults, 3 replicas', dominated: true },
  ],
  hypervolume: volumes(0.21),
  workers: { faults: [], scales: [] },
  generations: 12,
  evaluations: 768,
  replications: 24,
};

describe('the verdict', () => {
  it('is won where every profile is dominated and random search is worse', () => {
    const { won, sentences } = verdict(WON);
    expect(won).toBe(true);
    expect(sentences[0]).toBe(
      'The genetic choice, beside Envoy best practice, 2 replicas: downtime 562 to 214 min/year, slow-share 12 % to 3.21 %, cost 480 to 500 $/month.',
    );
    expect(sentences[1]).toMatch(/^For each of the 2 profiles and sizes/);
    expect(sentences[2]).toMatch(
      /768 evaluations was worse: on the test episodes the front dominates 61 % .*59 % to 63 %.* against 40 %/,
    );
  });

  it('names the profiles that stand', () => {
    const profiles = [WON.profiles[0], { label: 'Istio defaults, 3 replicas', dominated: false }];
    const { won, sentences } = verdict({ ...WON, profiles });
    expect(won).toBe(false);
    expect(sentences[0]).toMatch(/^Evolution did not beat every profile in 12 generations\./);
    expect(sentences[1]).toMatch(/^For 1 of the 2 .* Not for: Istio defaults, 3 replicas\.$/);
  });

  it('is not won where random search does as well', () => {
    const { won, sentences } = verdict({ ...WON, hypervolume: volumes(0.01) });
    expect(won).toBe(false);
    expect(sentences[2]).toMatch(/did as well, as far as this shows/);
  });

  it('is not won, and says so, where the choice breaks a limit', () => {
    const { won, sentences } = verdict({ ...WON, choice: tested('Genetic choice', [1, 0.1, 1], 0.2) });
    expect(won).toBe(false);
    expect(sentences[1]).toMatch(/does not keep within every limit/);
  });

  it('says from which fault the choice does not recover', () => {
    const { choice } = WON;
    const perFault = [{ fault: 'flood', neverRecovered: proportion([true, false, false, false]) }];
    const stuck = { ...choice, row: { ...choice.row, perFault } } as unknown as Tested;
    expect(verdict(WON).sentences).toHaveLength(3);
    expect(verdict({ ...WON, choice: stuck }).sentences[3]).toBe(
      'The choice did not recover by itself from flood in 25 % of the replications.',
    );
  });

  it('says where the choice hangs on a capacity that is assumed', () => {
    const scale = (factor: number, holds: boolean) => ({ factor, holds, rows: [] });
    const workers = {
      faults: ['rush', 'flood'],
      scales: [scale(0.5, false), scale(1, true), scale(2, false)],
    };
    expect(verdict({ ...WON, workers }).sentences[3]).toBe(
      'Its downtime hangs on the workers that are assumed: with half, or with twice as many, rush and flood would leave it not shown to be as low as that of Envoy best practice, 2 replicas.',
    );
    const never = { ...workers, scales: workers.scales.map((one) => ({ ...one, holds: false })) };
    expect(verdict({ ...WON, workers: never }).sentences).toHaveLength(3);
  });
});
