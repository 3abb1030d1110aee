import { computed, signal } from '@preact/signals';
import type { Update } from 'tardigrade';
import { recommend } from '../model/recommend';
import type { EngineFacts, EpisodeView, FinalTest, Frame, ScenarioView } from '../worker/api';
import { DEFAULTS, type Settings } from './settings';

/** What the page knows. Components read it; only the session writes it. */

export type Side = 'rules' | 'statistics' | 'evolved';
export const SIDES: readonly Side[] = ['rules', 'statistics', 'evolved'];

/** What happened, told to the visitor: newest last. */
export interface Notice {
  readonly id: number;
  readonly kind: 'info' | 'problem';
  readonly message: string;
}

export const settings = signal<Settings>(DEFAULTS);
export const engine = signal<EngineFacts | undefined>(undefined);
export const scenario = signal<ScenarioView | undefined>(undefined);
export const notices = signal<readonly Notice[]>([]);

export const frame = signal<Frame | undefined>(undefined);
/** Hypervolumes by generation. */
export const convergence = signal<{
  readonly evolved: readonly number[];
  readonly random: readonly number[];
}>({
  evolved: [],
  random: [],
});
/** Whether more generations are wanted than are done. */
export const running = signal(false);
/** Whether a run is being begun or a generation made; paused, the one under way is still finished. */
export const busy = signal(false);
/** Live changes that no generation was made with yet. */
export const pending = signal<readonly Update[]>([]);
export const generationsDone = computed(() => (frame.value?.generation ?? -1) + 1);
/** Why the run stands still, where the visitor did not pause it. */
export const pausedBecause = signal<string | undefined>(undefined);

/** The last test, and the frame whose recommendation it is of: it says nothing of any other. */
export const tested = signal<{ readonly frame: Frame; readonly test: FinalTest } | undefined>(undefined);
export const finalTest = computed(() =>
  tested.value?.frame === frame.value ? tested.value?.test : undefined,
);

export const episodes = signal<Partial<Record<Side, EpisodeView>>>({});
/** Where in the episode the animation is, in milliseconds. */
export const playheadMs = signal(0);
export const playing = signal(false);
/** Whose system is drawn. */
export const shownSide = signal<Side>('rules');

/** The last that the visitor said of something, of what is in force at the generation on screen or comes with the next. */
function lastSaid<Name extends keyof Update>(name: Name): Update[Name] {
  const inForce = settings.value.updates.filter(({ generation }) => generation < generationsDone.value);
  const said = [...inForce.map(({ update }) => update), ...pending.value];
  return said.findLast((update) => update[name] !== undefined)?.[name];
}

/** Upper limits of the objectives. */
export const bounds = computed(() => lastSaid('bounds') ?? []);

export const population = computed(() => lastSaid('population') ?? settings.value.population);

/** The mutation probability that was set; undefined: the usual one. */
export const mutation = computed(() => lastSaid('mutation')?.probability);

/** Genes of the evolved policy in the arena: the one that was clicked, else the one to recommend. */
export const evolvedGenes = computed<Uint32Array | undefined>(() => {
  const { genes } = settings.value;
  if (genes) return Uint32Array.from(genes);
  if (!frame.value || !scenario.value) return undefined;
  const member = recommend(frame.value, scenario.value.objectives);
  return member && genesOfMember(frame.value, member.index);
});

/** The row of the front. */
export function genesOfMember({ front }: Frame, index: number): Uint32Array {
  const width = front.genes.length / front.feasible.length;
  return front.genes.slice(index * width, (index + 1) * width);
}
