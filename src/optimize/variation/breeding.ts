import { deriveKey } from '../../math';
import type { Standing } from '../algorithm';
import type { Brood } from '../brood';
import type { DeviceVariation } from './device-variation';
import { uniformBrood } from './sampling';
import { STREAM } from './streams';

/** Children of the survivors, none like one of them; the first generation is sampled. */
export function breed(standing: Standing, device: DeviceVariation): Brood {
  const { seed, generation, parents, settings } = standing;
  if (generation === 0) return uniformBrood(standing);
  return {
    count: settings.population,
    unlike: parents.genes,
    recipe: device.children({
      parents: parents.genes,
      choice: deriveKey(seed, STREAM.tournament, generation),
      key: deriveKey(seed, STREAM.variation, generation),
      settings: settings.variation,
    }),
  };
}
