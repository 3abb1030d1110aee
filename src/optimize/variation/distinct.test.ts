import fc from 'fast-check';
import { expect, it } from 'vitest';
import { candidateKey, defineSpace } from '../../space';
import { Distinct } from './distinct';

const SPACE = defineSpace([
  { name: 'n', type: 'integer', min: 1, max: 3, scale: 'linear' },
  { name: 'on', type: 'switch' },
  { name: 'x', type: 'float', min: 0, max: 1, scale: 'linear', grid: 'binary' },
]);

it('tells candidates apart exactly as their values do', () => {
  const gene = fc.constantFrom(0, 1, 0x5555_5555, 0x8000_0000, 0xffff_ffff);
  fc.assert(
    fc.property(fc.array(fc.tuple(gene, gene, gene), { maxLength: 120 }), (rows) => {
      const genes = Uint32Array.from(rows.flat());
      const distinct = new Distinct(SPACE, rows.length);
      const keys = new Set<string>();
      for (let row = 0; row < rows.length; row++) {
        const key = candidateKey(SPACE, genes, row);
        expect(distinct.add(genes, row)).toBe(!keys.has(key));
        keys.add(key);
      }
    }),
  );
});
