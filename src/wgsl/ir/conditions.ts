import { isConst, unary } from './build';
import type { Ir, IrStmt, Label } from './ir';

/** Whether a condition is made with `&&` or `||`, negated or not. */
export function isCompound(ir: Ir): boolean {
  if (ir.op === 'unary' && ir.code === 'i32.eqz') return isCompound(ir.a);
  return ir.op === 'choose' && (isConst(ir.a, 1) || isConst(ir.b, 0));
}

/**
 * An `if` with branches for each side of the short-circuit operators in its condition: were the two sides first made
 * one number, an engine would write it to memory, read it back and compare it with zero.
 */
export function ifByPieces({ condition, accept, reject }: Extract<IrStmt, { op: 'if' }>): IrStmt {
  const after: Label = { name: 'after' };
  const otherwise: Label = { name: 'else' };
  const body: IrStmt[] = [
    ...branchByPieces(false, condition, otherwise),
    ...accept,
    { op: 'br', label: after },
  ];
  return { op: 'block', label: after, body: [{ op: 'block', label: otherwise, body }, ...reject] };
}

/** Branches when the condition is `outcome`; no branch has a compound condition. */
export function branchByPieces(outcome: boolean, condition: Ir, label: Label): IrStmt[] {
  if (condition.op === 'unary' && condition.code === 'i32.eqz')
    return branchByPieces(!outcome, condition.a, label);
  if (condition.op !== 'choose' || !isCompound(condition))
    return [{ op: 'br-if', label, condition: outcome ? condition : unary('i32.eqz', condition) }];
  const isOr = isConst(condition.a, 1);
  const right = isOr ? condition.b : condition.a;
  if (isOr === outcome)
    return [...branchByPieces(outcome, condition.condition, label), ...branchByPieces(outcome, right, label)];
  const skip: Label = { name: 'skip' };
  const body = [
    ...branchByPieces(!outcome, condition.condition, skip),
    ...branchByPieces(outcome, right, label),
  ];
  return [{ op: 'block', label: skip, body }];
}
