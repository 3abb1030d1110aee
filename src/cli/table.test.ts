import { expect, it } from 'vitest';
import { layTable } from './table';

it('aligns the first column left, the others right, and colours after padding', () => {
  const table = layTable([
    [{ lines: ['name'] }, { lines: ['cost', '$'] }],
    [
      { lines: ['a longer name', ''] },
      { lines: ['7', '6 … 8'], style: (text, line) => (line ? `<${text}>` : text) },
    ],
  ]);
  expect(table.split('\n')).toEqual([
    'name            cost',
    '                   $',
    'a longer name      7',
    '               <6 … 8>',
  ]);
});
