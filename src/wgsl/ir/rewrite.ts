import type { Ir, IrStmt } from './ir';

/** Called on every expression and statement, innermost first. */
export interface Rewriter {
  expr(ir: Ir): Ir;
  statement(s: IrStmt): readonly IrStmt[];
}

/** Statements with every part rewritten. */
export function rewriteAll(body: readonly IrStmt[], rewriter: Rewriter): IrStmt[] {
  return body.flatMap((s) => rewriter.statement(withParts(s, rewriter)));
}

function rewritten(ir: Ir, rewriter: Rewriter): Ir {
  const inner = (part: Ir) => rewritten(part, rewriter);
  switch (ir.op) {
    case 'unary':
      return rewriter.expr({ ...ir, a: inner(ir.a) });
    case 'binary':
      return rewriter.expr({ ...ir, a: inner(ir.a), b: inner(ir.b) });
    case 'select':
    case 'choose':
      return rewriter.expr({ ...ir, condition: inner(ir.condition), a: inner(ir.a), b: inner(ir.b) });
    case 'load':
      return rewriter.expr({ ...ir, address: inner(ir.address) });
    default:
      return rewriter.expr(ir);
  }
}

function withParts(s: IrStmt, rewriter: Rewriter): IrStmt {
  const expr = (ir: Ir) => rewritten(ir, rewriter);
  const block = (body: readonly IrStmt[]) => rewriteAll(body, rewriter);
  switch (s.op) {
    case 'set':
    case 'set-global':
      return { ...s, value: expr(s.value) };
    case 'store':
      return { ...s, address: expr(s.address), value: expr(s.value) };
    case 'copy':
      return { ...s, to: expr(s.to), from: expr(s.from) };
    case 'zero':
      return { ...s, at: expr(s.at), bytes: expr(s.bytes) };
    case 'init':
      return { ...s, at: expr(s.at) };
    case 'atomic':
      return { ...s, address: expr(s.address), operands: s.operands.map(expr) };
    case 'call':
      return { ...s, args: s.args.map(expr) };
    case 'if':
      return { ...s, condition: expr(s.condition), accept: block(s.accept), reject: block(s.reject) };
    case 'block':
    case 'loop':
      return { ...s, body: block(s.body) };
    case 'br':
      return s;
    case 'br-if':
      return { ...s, condition: expr(s.condition) };
    case 'switch':
      return {
        ...s,
        selector: expr(s.selector),
        cases: s.cases.map((one) => ({ ...one, body: block(one.body) })),
        otherwise: block(s.otherwise),
      };
    case 'return':
      return { ...s, values: s.values.map(expr) };
  }
}
