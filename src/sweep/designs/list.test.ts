import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { decode } from '../../space';
import { folderSink } from '../result/folder-sink';
import { sweep } from '../sweep';
import { bowl } from '../testing/bowl';
import { gridDesign } from './grid';
import { listDesign } from './list';

const problem = bowl();
const { space } = problem;
const folder = await mkdtemp(join(tmpdir(), 'tardigrade-list-'));

async function written(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

async function valuesOf(path: string) {
  const design = await listDesign(space, path);
  const genes = await design.rows(0, design.count);
  return Array.from({ length: design.count }, (_, i) => decode(space, genes, i));
}

it('takes its rows from CSV or NDJSON, in whatever order the columns are, the nearest level of each value', async () => {
  const csv = 'kind,on,note,n,x\r\nb,true,"so, so",3,0.25\nc,0,,31,-1.9999999\n';
  const ndjson = '{"x":0.25,"n":3,"kind":"b","on":true}\n\n{"x":-2,"n":31,"kind":"c","on":false}\n';
  const expected = [
    [0.25, 3, 1, 1],
    [-2, 31, 2, 0],
  ];
  expect(await valuesOf(await written('rows.csv', csv))).toEqual(expected);
  expect(await valuesOf(await written('rows.ndjson', ndjson))).toEqual(expected);
});

it.each(['parquet', 'csv', 'ndjson'] as const)("takes a sweep's own part in %s", async (files) => {
  const design = gridDesign(space, { levels: 3 });
  const out = join(folder, `swept-${files}`);
  await sweep(problem, design, folderSink(out, { files }));
  const list = await listDesign(space, join(out, `part-0000000000.${files}`));
  expect(await list.rows(0, list.count)).toEqual(await design.rows(0, design.count));
});

it('is another design where its rows are others', async () => {
  const [a, b] = [
    await written('a.csv', 'x,n,kind,on\n1,2,a,1\n'),
    await written('b.csv', 'x,n,kind,on\n1,3,a,1\n'),
  ];
  expect((await listDesign(space, a)).settings).not.toEqual((await listDesign(space, b)).settings);
});

it.each([
  ['x,n,kind\n1,2,a\n', "has no column 'on'; "],
  ['x,n,kinds,on\n1,2,a,1\n', "has no column 'kind'; did you mean 'kinds'?"],
  ['x,n,kind,on\n1,2,a,1\n9,2,a,1\n', 'row 2: variable "x": 9 is not between -2 and 3; '],
  ['x,n,kind,on\n1,2,d,1\n', 'row 1: variable "kind": \'d\' is none of a, b, c; '],
  ['x,n,kind,on\n1,,a,1\n', 'row 1: variable "n": NaN is not between 1 and 40; '],
  ['x,n,kind,on\n1,2,a,maybe\n', 'row 1: variable "on": NaN is not the index of one of its 2 values; '],
  ['x,n,kind,on\n1,2,a\n', 'bad.csv:2:1: there are 3 values where the header has 4; '],
  ['x,n,kind,on\n1,2,"a,1\n', 'bad.csv:2:1: a quote is not closed'],
  ['x,n,kind,on\n', 'has no rows; '],
  ['', 'is empty; '],
])('refuses %j', async (text, message) => {
  const path = await written('bad.csv', text);
  await expect(listDesign(space, path)).rejects.toThrow(message);
});

it('tells the line of what is no JSON object', async () => {
  const path = await written('bad.ndjson', '{"x":1}\n[1]\n');
  await expect(listDesign(space, path)).rejects.toThrow(/bad\.ndjson:2:1: this line is no JSON object; /);
});

it('refuses a file whose name says nothing that it could read', async () => {
  await expect(listDesign(space, await written('rows.txt', 'x'))).rejects.toThrow(
    /rows\.txt is no file of rows; /,
  );
});
