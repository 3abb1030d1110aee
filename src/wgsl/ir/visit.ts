import type { Ir, IrStmt } from './ir';

/** Called on every expression and statement, outermost first. */
export interface Visitor {
  readonly expr?: (ir: Ir) => void;
  readonly statement?: (s: IrStmt) => void;
}

/** Looks at statements and all that is in them. */
export function visitAll(body: readonly IrStmt[], visitor: Visitor): void {
  for (const s of body) {
    visitor.statement?.(s);
    if (visitor.expr) for (const own of expressionsOf(s)) visitExpr(own, visitor.expr);
    for (const inner of bodiesOf(s)) visitAll(inner, visitor);
  }
}

/** Looks at an expression and all that it is computed from. */
export function visitExpr(ir: Ir, look: (ir: Ir) => void): void {
  look(ir);
  for (const operand of operandsOf(ir)) visitExpr(operand, look);
}

const none: readonly never[] = [];

/** What an expression is computed from. */
export function operandsOf(ir: Ir): readonly Ir[] {
  switch (ir.op) {
    case 'unary':
      return [ir.a];
    case 'binary':
      return [ir.a, ir.b];
    case 'select':
    case 'choose':
      return [ir.condition, ir.a, ir.b];
    case 'load':
      return [ir.address];
    default:
      return none;
  }
}

/** The expressions of a statement's own, in the order in which they are evaluated. */
export function expressionsOf(s: IrStmt): readonly Ir[] {
  switch (s.op) {
    case 'set':
    case 'set-global':
      return [s.value];
    case 'store':
      return [s.address, s.value];
    case 'copy':
      return [s.to, s.from];
    case 'zero':
      return [s.at, s.bytes];
    case 'init':
      return [s.at];
    case 'atomic':
      return [s.address, ...s.operands];
    case 'call':
      return s.args;
    case 'if':
    case 'br-if':
      return [s.condition];
    case 'switch':
      return [s.selector];
    case 'return':
      return s.values;
    default:
      return none;
  }
}

/** The lists of statements inside a statement. */
export function bodiesOf(s: IrStmt): readonly (readonly IrStmt[])[] {
  switch (s.op) {
    case 'if':
      return [s.accept, s.reject];
    case 'block':
    case 'loop':
      return [s.body];
    case 'switch':
      return [...s.cases.map(({ body }) => body), s.otherwise];
    default:
      return none;
  }
}

/** The locals that a statement itself assigns. */
export function assignedBy(s: IrStmt): readonly number[] {
  if (s.op === 'set') return [s.index];
  if (s.op === 'call') return s.results;
  return s.op === 'atomic' && s.result !== undefined ? [s.result] : none;
}
