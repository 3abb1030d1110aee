import type { Ir } from '../ir/ir';

/** One or two bytes of memory, as an unsigned number. */
export interface PartLoad {
  readonly bytes: 1 | 2;
  readonly address: Ir;
  readonly offset: number;
}

/**
 * The part of a word that an expression loads: `word & 0xff`, `word & 0xffff`, `word >> 16`, `word >> 24`. WebAssembly's
 * memory is little-endian and a part lies within the word, so loading the part alone gives the same and traps no sooner.
 * @returns undefined if the expression is nothing of that form
 */
export function partLoad(ir: Extract<Ir, { op: 'binary' }>): PartLoad | undefined {
  const { code, a: word, b } = ir;
  if (word.op !== 'load' || word.type !== 'i32' || b.op !== 'const') return undefined;
  const { address, offset } = word;
  if (code === 'i32.and' && b.value === 0xff) return { bytes: 1, address, offset };
  if (code === 'i32.and' && b.value === 0xffff) return { bytes: 2, address, offset };
  if (code === 'i32.shr_u' && b.value === 16) return inner(2, address, offset + 2);
  return code === 'i32.shr_u' && b.value === 24 ? inner(1, address, offset + 3) : undefined;
}

/** An instruction holds offsets below 2^32. */
function inner(bytes: 1 | 2, address: Ir, offset: number): PartLoad | undefined {
  return offset < 2 ** 32 ? { bytes, address, offset } : undefined;
}
