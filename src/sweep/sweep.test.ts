import { expect, it } from 'vitest';
import { type EpisodeBlock, functionProblem, type Problem } from '../problem';
import type { Batch } from './column';
import type { RowRange } from './design';
import { gridDesign } from './designs/grid';
import type { Sink, SweepHeader } from './sink';
import { describeSweep, type SweepProgress, sweep } from './sweep';
import { bowl } from './testing/bowl';

/** A sink that keeps what was committed, and a diary of what was asked of it. */
class Memory implements Sink {
  readonly diary: string[] = [];
  readonly batches: Batch[] = [];
  readonly kept: readonly RowRange[];
  header: SweepHeader | undefined;

  constructor(kept: readonly RowRange[] = []) {
    this.kept = kept;
  }

  async open(header: SweepHeader) {
    this.header = header;
    return this.kept;
  }

  async begin({ first, rows }: RowRange) {
    this.diary.push(`begin ${first}+${rows}`);
    const own: Batch[] = [];
    return {
      write: async (batch: Batch) => {
        this.diary.push(`write ${batch.first}+${batch.rows}`);
        own.push(batch);
      },
      commit: async () => {
        this.diary.push(`commit ${first}`);
        this.batches.push(...own);
      },
      abort: async () => {
        this.diary.push(`abort ${first}`);
      },
    };
  }

  async close() {
    this.diary.push('close');
  }
}

const problem = bowl();
/** 10 * 10 * 3 * 2 rows. */
const design = gridDesign(problem.space, { levels: 10 });
const rowsOf = (batches: readonly Batch[]) =>
  batches.flatMap(({ data }) => Array.from(data[0] as Uint32Array));
const upTo = (first: number, end: number) => Array.from({ length: end - first }, (_, i) => first + i);

it('writes every row once, part by part, in batches that end with their part', async () => {
  const sink = new Memory();
  const result = await sweep(problem, design, sink, { partRows: 250, batchRows: 100 });
  expect(rowsOf(sink.batches)).toEqual(upTo(0, 600));
  expect(sink.diary.filter((line) => line.startsWith('write'))).toEqual([
    'write 0+100',
    'write 100+100',
    'write 200+50',
    'write 250+100',
    'write 350+100',
    'write 450+50',
    'write 500+100',
  ]);
  expect(sink.diary.at(-1)).toBe('close');
  expect(result).toMatchObject({ rows: 600, resumed: 0, notFinite: 0 });
});

it('leaves out the parts that the sink has, and counts them as done', async () => {
  const sink = new Memory([
    { first: 0, rows: 250 },
    { first: 500, rows: 100 },
  ]);
  const heard: SweepProgress[] = [];
  const result = await sweep(problem, design, sink, {
    partRows: 250,
    onProgress: (progress) => heard.push(progress),
  });
  expect(rowsOf(sink.batches)).toEqual(upTo(250, 500));
  expect(heard).toEqual([{ rows: 600, resumed: 350, done: 600 }]);
  expect(result.resumed).toBe(350);
});

it('does no more than its shard', async () => {
  const sink = new Memory();
  await sweep(problem, design, sink, { shard: { index: 1, of: 4 }, partRows: 64 });
  expect(rowsOf(sink.batches)).toEqual(upTo(150, 300));
  expect(sink.header?.range).toEqual({ first: 150, rows: 150 });
});

it('evaluates the next batch while one is written, and no further ahead', async () => {
  const log: string[] = [];
  const watched: Problem = {
    ...problem,
    async evaluate(genes) {
      log.push('evaluate');
      return problem.evaluate(genes);
    },
  };
  const sink = new Memory();
  const { begin } = sink;
  sink.begin = async (part) => {
    const writer = await begin.call(sink, part);
    return {
      ...writer,
      async write(batch) {
        // Whatever can go on meanwhile does.
        await new Promise((resolve) => setTimeout(resolve, 5));
        log.push('written');
        await writer.write(batch);
      },
    };
  };
  await sweep(watched, design, sink, { partRows: 600, batchRows: 200 });
  expect(log).toEqual(['evaluate', 'evaluate', 'written', 'evaluate', 'written', 'written']);
});

it('evaluates in slices where it is told to, and writes the batch as a whole', async () => {
  const sizes: number[] = [];
  const watched: Problem = {
    ...problem,
    async evaluate(genes) {
      sizes.push(genes.length / 4);
      return problem.evaluate(genes);
    },
  };
  const [sliced, whole] = [new Memory(), new Memory()];
  await sweep(watched, design, sliced, { sliceRows: 250 });
  await sweep(problem, design, whole);
  expect(sizes).toEqual([250, 6, 250, 6, 88]);
  expect(sliced.batches).toEqual(whole.batches);
});

it('forgets the part that it was at when evaluation fails, and keeps those before', async () => {
  let calls = 0;
  const failing: Problem = {
    ...problem,
    async evaluate(genes) {
      if (++calls === 3) throw new Error('out of order');
      return problem.evaluate(genes);
    },
  };
  const sink = new Memory();
  await expect(sweep(failing, design, sink, { partRows: 200, batchRows: 100 })).rejects.toThrow(
    'out of order',
  );
  expect(rowsOf(sink.batches)).toEqual(upTo(0, 200));
  expect(sink.diary.at(-1)).toBe('close');
});

it('refuses scores of the wrong number', async () => {
  const short: Problem = { ...problem, evaluate: (genes) => problem.evaluate(genes.subarray(4)) };
  const sink = new Memory();
  await expect(sweep(short, design, sink)).rejects.toThrow(
    /evaluate returned 255 objectives for 256 candidates/,
  );
  expect(sink.batches).toEqual([]);
});

it('ends soon after it is told to stop', async () => {
  const controller = new AbortController();
  const sink = new Memory();
  const stopping = sweep(problem, design, sink, {
    partRows: 100,
    signal: controller.signal,
    onProgress({ done }) {
      if (done === 300) controller.abort(new Error('enough'));
    },
  });
  await expect(stopping).rejects.toThrow('enough');
  expect(sink.diary).not.toContain('begin 400+100');
  expect(sink.diary.at(-1)).toBe('close');
});

it('fails when the disk does, in a write or a commit', async () => {
  for (const at of ['write', 'commit'] as const) {
    const sink = new Memory();
    const { begin } = sink;
    sink.begin = async (part) => {
      const writer = await begin.call(sink, part);
      return part.first < 200 ? writer : { ...writer, [at]: () => Promise.reject(new Error(`${at} failed`)) };
    };
    await expect(sweep(problem, design, sink, { partRows: 200 })).rejects.toThrow(`${at} failed`);
    expect(rowsOf(sink.batches)).toEqual(upTo(0, 200));
  }
});

it('counts and keeps rows that are not finite, those only reported aside', async () => {
  const odd: Problem = {
    ...problem,
    objectives: ['value', 'note'],
    async evaluate(genes) {
      const count = genes.length / 4;
      const objectives = Float64Array.from({ length: 2 * count }, (_, i) =>
        i % 2 === 1 ? Number.NaN : [1, Number.POSITIVE_INFINITY, Number.NaN][(i / 2) % 3],
      );
      const violations = Float64Array.from({ length: count }, (_, i) => (i === 0 ? Number.NaN : 0));
      return {
        objectives,
        violations,
        samples: new Float64Array(count),
        variance: new Float64Array(2 * count),
      };
    },
  };
  const sink = new Memory();
  const { notFinite } = await sweep(odd, design, sink, { columns: { reported: ['note'] }, partRows: 600 });
  expect(notFinite).toBe(401);
  const [, , , , , value] = sink.batches[0].data;
  expect(Array.from(value as Float64Array).slice(0, 3)).toEqual([1, Number.POSITIVE_INFINITY, Number.NaN]);
});

it('says what it is before any row', () => {
  const episodes: EpisodeBlock = { index: 0, first: 0, count: 4, purpose: 'test' };
  const header = describeSweep({ ...problem, objectives: ['x', 'value'], precision: 'f32' }, design, {
    episodes,
    identity: { name: 'bowl', digest: 'd' },
    columns: { units: { x: 'm', value: 's' }, reported: ['value'] },
  });
  expect(header).toMatchObject({
    problem: { name: 'bowl', digest: 'd', precision: 'f32' },
    design: { name: 'grid', count: 600, settings: { levels: 10 } },
    replications: 4,
    variables: problem.space.variables,
    shard: { index: 0, of: 1 },
  });
  expect(header.columns.map(({ name, unit = '', role }) => `${role} ${name} ${unit}`.trim())).toEqual([
    'index row',
    'variable x m',
    'variable n',
    'variable kind',
    'variable on',
    'objective x_2 m',
    'other value s',
    'variance x_variance (m)^2',
    'variance value_variance (s)^2',
    'constraint limit',
  ]);
});

it('a result of a problem without noise has one replication and no variances, however many were asked for', () => {
  const fitness = { space: problem.space, evaluate: () => 0 };
  const options = { episodes: { index: 0, first: 0, count: 4, purpose: 'test' } as const };
  const described = (noisy: boolean) => {
    const { replications, columns } = describeSweep(functionProblem({ ...fitness, noisy }), design, options);
    return { replications, variances: columns.filter(({ role }) => role === 'variance').length };
  };
  expect(described(false)).toEqual({ replications: 1, variances: 0 });
  expect(described(true)).toEqual({ replications: 4, variances: 1 });
});
