import type { Ir, IrStmt } from './ir';

/** Called on every expression and statement, innermost first. */
export interface Rewriter {
  expr(ir: Ir): Ir;
  statement(s: IrStmt): readonly IrStmt[];
}

/** Statements with every part rewritten. What stays as it is is not copied; nor is it below. */
export function rewriteAll(body: readonly IrStmt[], rewriter: Rewriter): readonly IrStmt[] {
  const expr = (ir: Ir): Ir => rewriter.expr(mapOperands(ir, expr));
  const list = (statements: readonly IrStmt[]): readonly IrStmt[] => {
    const done: IrStmt[] = [];
    let isSame = true;
    for (const s of statements) {
      const made = rewriter.statement(mapBodies(mapExpressions(s, expr), list));
      isSame &&= made.length === 1 && made[0] === s;
      for (const one of made) done.push(one);
    }
    return isSame ? statements : done;
  };
  return list(body);
}

/** The expression with `map` applied to what it is computed from. */
export function mapOperands(ir: Ir, map: (operand: Ir) => Ir): Ir {
  switch (ir.op) {
    case 'unary': {
      const a = map(ir.a);
      return a === ir.a ? ir : { ...ir, a };
    }
    case 'binary': {
      const [a, b] = [map(ir.a), map(ir.b)];
      return a === ir.a && b === ir.b ? ir : { ...ir, a, b };
    }
    case 'select':
    case 'choose': {
      const [condition, a, b] = [map(ir.condition), map(ir.a), map(ir.b)];
      return condition === ir.condition && a === ir.a && b === ir.b ? ir : { ...ir, condition, a, b };
    }
    case 'load': {
      const address = map(ir.address);
      return address === ir.address ? ir : { ...ir, address };
    }
    default:
      return ir;
  }
}

/** The statement with `map` applied to the expressions of its own, in the order in which they are evaluated. */
export function mapExpressions(s: IrStmt, map: (ir: Ir) => Ir): IrStmt {
  switch (s.op) {
    case 'set':
    case 'set-global': {
      const value = map(s.value);
      return value === s.value ? s : { ...s, value };
    }
    case 'store': {
      const [address, value] = [map(s.address), map(s.value)];
      return address === s.address && value === s.value ? s : { ...s, address, value };
    }
    case 'if':
    case 'br-if': {
      const condition = map(s.condition);
      return condition === s.condition ? s : { ...s, condition };
    }
    case 'switch': {
      const selector = map(s.selector);
      return selector === s.selector ? s : { ...s, selector };
    }
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
    case 'return':
      return { ...s, values: s.values.map(map) };
    default:
      return s;
  }
}

/** The statement with `map` applied to the lists of statements inside it. */
export function mapBodies(s: IrStmt, map: (body: readonly IrStmt[]) => readonly IrStmt[]): IrStmt {
  switch (s.op) {
    case 'if': {
      const [accept, reject] = [map(s.accept), map(s.reject)];
      return accept === s.accept && reject === s.reject ? s : { ...s, accept, reject };
    }
    case 'block':
    case 'loop': {
      const body = map(s.body);
      return body === s.body ? s : { ...s, body };
    }
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
