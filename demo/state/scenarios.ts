import threeTier from '../../examples/three-tier.yaml?raw';

/** A scenario that comes with the page. */
export interface BuiltIn {
  readonly id: string;
  readonly label: string;
  /** Its YAML, which is loaded by those who choose it, but for the first one's. */
  text(): Promise<string>;
}

export const BUILT_INS: readonly BuiltIn[] = [
  { id: 'three-tier', label: 'Three-tier shop', text: async () => threeTier },
  {
    id: 'online-boutique',
    label: 'Online Boutique',
    text: async () => (await import('../../examples/online-boutique.yaml?raw')).default,
  },
  {
    id: 'train-ticket',
    label: 'TrainTicket',
    text: async () => (await import('../../examples/train-ticket.yaml?raw')).default,
  },
];
