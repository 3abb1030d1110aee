import type { Ir, IrStmt } from './ir';

/** Called on every expression and statement, innermost first. */
export interface Rewriter {
  expr(ir: Ir): Ir;
  statement(s: IrStmt): readonly IrStmt[];
}

/** Statements with every part rewritten. */
export function rewriteAll(body: readonly IrStmt[], rewriter: Rewriter): IrStmt[] {
  const expr = (ir: Ir): Ir => rewriter.expr(mapOperands(ir, expr));
  return body.flatMap((s) =>
    rewriter.statement(mapBodies(mapExpressions(s, expr), (inner) => rewriteAll(inner, rewriter))),
  );
}

/** The expression with `map` applied to what it is computed from. */
export function mapOperands(ir: Ir, map: (operand: Ir) => Ir): Ir {
  switch (ir.op) {
    case 'unary':
      return { ...ir, a: map(ir.a) };
    case 'binary':
      return { ...ir, a: map(ir.a), b: map(ir.b) };
    case 'select':
    case 'choose':
      return { ...ir, condition: map(ir.condition), a: map(ir.a), b: map(ir.b) };
    case 'load':
      return { ...ir, address: map(ir.address) };
    default:
      return ir;
  }
}

/** The statement with `map` applied to the expressions of its own, in the order in which they are evaluated. */
export function mapExpressions(s: IrStmt, map: (ir: Ir) => Ir): IrStmt {
  switch (s.op) {
    case 'set':
    case 'set-global':
      return { ...s, value: map(s.value) };
    case 'store':
      return { ...s, address: map(s.address), value: map(s.value) };
    case 'copy':
      return { ...s, to: map(s.to), from: map(s.from) };
    case 'zero':
      return { ...s, at: map(s.at), bytes: map(s.bytes) };
    case 'init':
      return { ...s, at: map(s.at) };
    case 'atomic':
      return { ...s, address: map(s.address), operands: s.operands.map(map) };
    case 'call':
      return { ...s, args: s.args.map(map) };
    case 'if':
    case 'br-if':
      return { ...s, condition: map(s.condition) };
    case 'switch':
      return { ...s, selector: map(s.selector) };
    case 'return':
      return { ...s, values: s.values.map(map) };
    default:
      return s;
  }
}

/** The statement with `map` applied to the lists of statements inside it. */
export function mapBodies(s: IrStmt, map: (body: readonly IrStmt[]) => readonly IrStmt[]): IrStmt {
  switch (s.op) {
    case 'if':
      return { ...s, accept: map(s.accept), reject: map(s.reject) };
    case 'block':
    case 'loop':
      return { ...s, body: map(s.body) };
    case 'switch':
      return {
        ...s,
        cases: s.cases.map((one) => ({ ...one, body: map(one.body) })),
        otherwise: map(s.otherwise),
      };
    default:
      return s;
  }
}
