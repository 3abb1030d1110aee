import { z } from 'zod';
import type { Variable } from '../../space';

const name = z.string();
const scale = z.enum(['linear', 'log']);
const range = { name, min: z.number(), max: z.number(), scale };

/** A variable of a space, as a manifest holds it: its keys in this order, and no others. */
export const variableSchema: z.ZodType<Variable> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('float'), ...range, grid: z.enum(['decimal', 'binary']).optional() }),
  z.object({ type: z.literal('integer'), ...range }),
  z.object({ type: z.literal('ordered'), name, values: z.array(z.number()) }),
  z.object({ type: z.literal('category'), name, values: z.array(z.union([z.number(), z.string()])) }),
  z.object({ type: z.literal('switch'), name }),
]);
