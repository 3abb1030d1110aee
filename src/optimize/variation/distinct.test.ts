import fc from 'fast-check';
import { expect, it } from 'vitest';
import { candidateKey, defineSpace } from '../../space';
import { Distinct } from './distinct';

const SPACE = defineSpace([
  { name: 'n', type: 'integer', min: 1, max: 3, scale: 'linear' },
  { name: 'on', type: 'switch' },
  { name: 'x', type: 'float', min: 0, max: 1, scale: 'linear', grid: 'binary' },
  { name: 'one', type: 'category', values: ['only'] },
]);

it('tells candidates apart exactly as their values do, whichever array they are in', () => {
  const gene = fc.constantFrom(0, 1, 0xff, 0x100, 0x5555_5555, 0x8000_0000, 0xffff_ffff);
  const row = fc.array(gene, { minLength: SPACE.variables.length, maxLength: SPACE.variables.length });
  const litters = fc.array(fc.tuple(fc.array(row, { maxLength: 60 }), fc.nat(60)), { maxLength: 4 });
  fc.assert(
    fc.property(litters, (parts) => {
      const distinct = new Distinct(SPACE, 240);
      const keys = new Set<string>();
      for (const [rows, most] of parts) {
        const genes = Uint32Array.from(rows.flat());
        const expected: number[] = [];
        let seen = 0;
        for (; seen < rows.length && expected.length < most; seen++) {
          const key = candidateKey(SPACE, genes, seen);
          if (!keys.has(key)) expected.push(seen);
          keys.add(key);
        }
        const added = distinct.add(genes, most);
        expect({ rows: [...added.rows], seen: added.seen }).toEqual({ rows: expected, seen });
      }
    }),
  );
});
