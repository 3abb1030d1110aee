import type { Words } from '../threefry';

/** Known answers for Threefry2x32-20 from the Random123 distribution, tests/kat_vectors. */
export const THREEFRY_KNOWN_ANSWERS: readonly { key: Words; counter: Words; draw: Words }[] = [
  { counter: [0, 0], key: [0, 0], draw: [0x6b200159, 0x99ba4efe] },
  {
    counter: [0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    draw: [0x1cb996fc, 0xbb002be7],
  },
  {
    counter: [0x243f6a88, 0x85a308d3],
    key: [0x13198a2e, 0x03707344],
    draw: [0xc4923a9c, 0x483df7a0],
  },
];
