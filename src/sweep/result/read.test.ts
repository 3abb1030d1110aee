import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openEngine } from '../../gpu';
import { randomDesign } from '../designs/random';
import { sweep } from '../sweep';
import { bowl } from '../testing/bowl';
import { folderSink } from './folder-sink';
import { readResult } from './read';

const folder = () => mkdtemp(join(tmpdir(), 'tardigrade-sweep-'));

it.each(['parquet', 'csv', 'ndjson'] as const)('keeps every row of a sweep in %s', async (files) => {
  const engine = await openEngine({ engine: 'wasm', workers: 0 });
  const out = await folder();
  const problem = bowl();
  const design = randomDesign(engine, problem.space, { rows: 700, seed: 5 });
  const done: number[] = [];
  await sweep(problem, design, folderSink(out, { files }), {
    batchRows: 100,
    onProgress: (progress) => done.push(progress.done),
  });
  engine.close();
  expect(done).toEqual([100, 200, 256, 356, 456, 512, 612, 700]);
  expect((await readdir(out)).sort()).toEqual([
    'manifest.json',
    `part-0000000000.${files}`,
    `part-0000000256.${files}`,
    `part-0000000512.${files}`,
  ]);
  const result = await readResult(out);
  expect(result.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'row uint32',
    'x double',
    'n int32',
    'kind string',
    'on boolean',
    'value double',
    'limit double',
  ]);
  let row = 0;
  for await (const { rows, data } of result.batches()) {
    const [index, x, n, kind, on, value, limit] = data;
    for (let i = 0; i < rows; i++) {
      expect(index[i]).toBe(row++);
      const [expected, violation] = problem.score([
        x[i],
        n[i],
        ['a', 'b', 'c'].indexOf(String(kind[i])),
        on[i],
      ] as number[]);
      expect(value[i]).toBe(expected);
      expect(limit[i]).toBe(violation);
    }
  }
  expect(row).toBe(700);
});
