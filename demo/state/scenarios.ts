import onlineBoutique from '../../examples/online-boutique.yaml?raw';
import threeTier from '../../examples/three-tier.yaml?raw';
import trainTicket from '../../examples/train-ticket.yaml?raw';

/** A scenario that comes with the page. */
export interface BuiltIn {
  readonly id: string;
  readonly label: string;
  readonly text: string;
}

export const BUILT_INS: readonly BuiltIn[] = [
  { id: 'three-tier', label: 'Three-tier shop', text: threeTier },
  { id: 'online-boutique', label: 'Online Boutique', text: onlineBoutique },
  { id: 'train-ticket', label: 'TrainTicket', text: trainTicket },
];
