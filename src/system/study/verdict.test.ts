import { describe, expect, it } from 'vitest';
import { loadScenario } from '../scenario';
import { SHOP_YAML } from '../testing/shop';
import type { Tested } from './table';
import { type Findings, verdict } from './verdict';

const scenario = loadScenario(SHOP_YAML, 'shop.yaml');

function tested(label: string, means: number[], violation = 0): Tested {
  return { row: { label }, assessed: { means, violation } } as unknown as Tested;
}

const WON: Findings = {
  scenario,
  choice: tested('Genetic choice', [214.4, 0.0321, 500]),
  bestProfile: tested('Envoy best practice, 2 replicas', [562.1, 0.12, 480]),
  profiles: [
    { label: 'Envoy defaults, 1 replica', dominated: true },
    { label: 'Istio defaults, 3 replicas', dominated: true },
  ],
  hypervolume: { genetic: 0.61, random: 0.4 },
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
    expect(sentences[2]).toMatch(/768 evaluations was worse: the front dominates 61 % .* against 40 %/);
  });

  it('names the profiles that stand', () => {
    const profiles = [WON.profiles[0], { label: 'Istio defaults, 3 replicas', dominated: false }];
    const { won, sentences } = verdict({ ...WON, profiles });
    expect(won).toBe(false);
    expect(sentences[0]).toMatch(/^Evolution did not beat every profile\./);
    expect(sentences[1]).toMatch(/^For 1 of the 2 .* Not for: Istio defaults, 3 replicas\.$/);
  });

  it('is not won where random search does as well', () => {
    const { won, sentences } = verdict({ ...WON, hypervolume: { genetic: 0.4, random: 0.4 } });
    expect(won).toBe(false);
    expect(sentences[2]).toMatch(/did as well or better/);
  });

  it('is not won, and says so, where the choice breaks a limit', () => {
    const { won, sentences } = verdict({ ...WON, choice: tested('Genetic choice', [1, 0.1, 1], 0.2) });
    expect(won).toBe(false);
    expect(sentences[1]).toMatch(/does not keep within every limit/);
  });
});
