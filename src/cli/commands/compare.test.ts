import { describe, expect, it } from 'vitest';
import type { CompareResult, Standing } from '../../system';
import { standingInWords, testInWords } from './compare';

function standing(change: Partial<Standing>): Standing {
  return {
    rowId: 'x',
    dominates: false,
    dominated: false,
    better: [],
    worse: [],
    differences: [],
    ...change,
  };
}

describe('standingInWords', () => {
  it.each([
    [
      { dominates: true, better: ['downtime'] },
      'yes, better than mine.yaml: better on downtime, no worse on the rest',
    ],
    [{ dominated: true, worse: ['cost'] }, 'no, mine.yaml is better: worse on cost, no better on the rest'],
    [
      { better: ['downtime'], worse: ['cost', 'slow-share'] },
      'a trade: better on downtime, worse on cost, slow-share',
    ],
    [{}, 'no difference from mine.yaml that these replications show'],
  ])('%j', (change, words) => {
    expect(standingInWords(standing(change), 'mine.yaml')).toBe(words);
  });
});

it('the test is told with its level, its directions and what holds together', () => {
  const result = {
    test: { confidence: 0.95, margin: 0.02, comparisons: 6 },
    objectives: [{}, {}, {}],
    comparison: { replications: 20 },
    standings: Array.from({ length: 13 }, () => standing({})),
  } as unknown as CompareResult;
  expect(testInWords(result)).toBe(
    'Each line at 95 %, both ways: paired differences over 20 replications, "no worse" within 2 %. The limits of a line hold together over 3 objectives and two directions (Bonferroni, 6 limits); the 13 lines each hold by themselves, not together.',
  );
});
