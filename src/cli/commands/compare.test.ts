import { describe, expect, it } from 'vitest';
import type { Standing } from '../../system';
import { standingInWords } from './compare';

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
