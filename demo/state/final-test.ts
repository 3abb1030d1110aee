import { effect } from '@preact/signals';
import { bestRules, recommend } from '../model/recommend';
import type { FinalTest, FinalTestQuery, Frame } from '../worker/api';
import { Latest } from './latest';
import { busy, frame, genesOfMember, scenario, settings, tested } from './store';

/** Whoever tests; undefined where there is nothing to tell. */
export interface Tester {
  finalTest(query: FinalTestQuery): Promise<FinalTest | undefined>;
}

interface Question {
  readonly frame: Frame;
  readonly query: FinalTestQuery;
}

/** Whenever the run rests, has its recommendation tested beside the best rules. @returns what ends this */
export function testAtRest(tester: Tester, fail: (error: unknown) => void): () => void {
  const question = new Latest<Question, { readonly frame: Frame; readonly test: FinalTest | undefined }>(
    async ({ frame, query }) => ({ frame, test: await tester.finalTest(query) }),
    ({ frame: of, test }) => {
      if (test && of === frame.value) tested.value = { frame: of, test };
    },
    fail,
  );
  return effect(() => {
    const shown = frame.value;
    if (busy.value || !shown || !scenario.value || tested.peek()?.frame === shown) return;
    const member = recommend(shown, scenario.value.objectives);
    const rules = bestRules(shown.profiles);
    if (!member || !rules) return;
    // Of the run at rest; other settings, which change with every slider, are not its.
    const { seed } = settings.peek();
    question.ask({
      frame: shown,
      query: { genes: genesOfMember(shown, member.index), rules: rules.id, seed },
    });
  });
}
