import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FIRST_PRIVATE, memoryAfter, randomModules } from '../testing/random-ir';
import { optimize } from './optimize';

it('leaves memory as the module that is not optimized leaves it', () => {
  fc.assert(
    fc.property(randomModules, (module) => {
      const isSame = Buffer.compare(memoryAfter(optimize(module, FIRST_PRIVATE)), memoryAfter(module)) === 0;
      expect(isSame).toBe(true);
    }),
    { numRuns: 40 },
  );
});
