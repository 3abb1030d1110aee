import type { Engine } from '../../gpu';
import type { Space } from '../../space';
import type { Recipe } from '../brood';
import { Children, type Mating } from './children';
import { type TrialPlan, Trials } from './trials';

/** The ways in which candidates are made on the device. They hold no state that results depend on. */
export interface DeviceVariation {
  /** Children by binary tournaments, simulated binary crossover and polynomial mutation. */
  children(mating: Mating): Recipe;
  /** Trials of differential evolution, one for each parent. */
  trials(plan: TrialPlan): Recipe;
}

export function deviceVariation(engine: Engine, space: Space): DeviceVariation {
  const children = new Children(engine, space);
  const trials = new Trials(engine, space);
  return {
    children: (mating) => ({
      on: 'device',
      rows: (count) => children.rows(mating, count),
      prepare: (first, count, columns) => children.prepare(mating, first, count, columns),
    }),
    trials: (plan) => ({
      on: 'device',
      rows: (count) => trials.rows(plan, count),
      prepare: (first, count, columns) => trials.prepare(plan, first, count, columns),
    }),
  };
}
