import { expect, it } from 'vitest';
import { chooseShard, parseShard } from './shard';

const slurm = (id: number, count: number, min: number, max: number) => ({
  SLURM_ARRAY_TASK_ID: `${id}`,
  SLURM_ARRAY_TASK_COUNT: `${count}`,
  SLURM_ARRAY_TASK_MIN: `${min}`,
  SLURM_ARRAY_TASK_MAX: `${max}`,
});

it.each([
  ['1/1', { index: 0, of: 1 }],
  ['3/8', { index: 2, of: 8 }],
  ['0/8', undefined],
  ['9/8', undefined],
  ['2', undefined],
  ['1/x', undefined],
])('reads --shard %s', (text, shard) => {
  expect(parseShard(text)).toEqual(shard);
});

it.each([
  ['Slurm from 0', slurm(2, 4, 0, 3), undefined, { index: 2, of: 4 }],
  ['Slurm from 1', slurm(4, 4, 1, 4), undefined, { index: 3, of: 4 }],
  ['Slurm by steps of 5', slurm(15, 4, 5, 20), undefined, { index: 2, of: 4 }],
  ['Slurm with one task', slurm(7, 1, 7, 7), undefined, { index: 0, of: 1 }],
  [
    'AWS Batch',
    { AWS_BATCH_JOB_ARRAY_INDEX: '3', AWS_BATCH_JOB_ARRAY_SIZE: '10' },
    undefined,
    { index: 3, of: 10 },
  ],
  ['Kubernetes', { JOB_COMPLETION_INDEX: '0' }, 6, { index: 0, of: 6 }],
  ['nothing', { SLURM_ARRAY_TASK_ID: '' }, undefined, { index: 0, of: 1 }],
])('finds its place in an array of %s', (_, environment, count, shard) => {
  const chosen = chooseShard(undefined, count, environment);
  expect(chosen.shard).toEqual(shard);
  if (shard.of > 1) expect(Object.keys(environment)).toContain(chosen.from);
});

it('takes the one that is given, whatever the environment says', () => {
  const given = { index: 0, of: 2 };
  expect(chooseShard(given, undefined, slurm(2, 4, 0, 3))).toEqual({ shard: given });
  expect(chooseShard(given, 2, {})).toEqual({ shard: given });
  expect(() => chooseShard(given, 3, {})).toThrow(/--shards is 3, but --shard is one of 2/);
});

it('is all of one share', () => {
  expect(chooseShard(undefined, 1, {})).toEqual({ shard: { index: 0, of: 1 } });
});

it.each([
  [
    'an uneven Slurm array',
    slurm(5, 3, 1, 8),
    undefined,
    /3 indices from 1 to 8 are not evenly spaced; submit/,
  ],
  [
    'half of what Slurm sets',
    { SLURM_ARRAY_TASK_ID: '1' },
    undefined,
    /SLURM_ARRAY_TASK_COUNT is not; give --shard/,
  ],
  [
    'another number of shards',
    slurm(1, 4, 0, 3),
    5,
    /--shards is 5, but SLURM_ARRAY_TASK_ID belongs to an array of 4/,
  ],
  [
    'Kubernetes without a count',
    { JOB_COMPLETION_INDEX: '2' },
    undefined,
    /add --shards N, the job's completions/,
  ],
  [
    'an index beyond the count',
    { JOB_COMPLETION_INDEX: '6' },
    6,
    /JOB_COMPLETION_INDEX is 6, which is beyond 6 shards/,
  ],
  ['a count without any index', {}, 6, /nothing tells which of them is meant.*give --shard i\/n/],
  ['an index that is none', { JOB_COMPLETION_INDEX: 'x' }, 6, /JOB_COMPLETION_INDEX is 'x', no whole number/],
])('refuses %s', (_, environment, count, message) => {
  expect(() => chooseShard(undefined, count, environment)).toThrow(message);
});
