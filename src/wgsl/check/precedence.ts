import type { BinaryExpression, ExpressionElem } from 'wesl/core';
import { Mistake } from '../diagnostics';
import type { BinaryOp } from '../tree';

/** A chain of binary operators as it binds: operands are what stands between the operators, parentheses included. */
export interface Binding {
  readonly op: BinaryOp;
  readonly left: Operand;
  readonly right: Operand;
  readonly start: number;
  readonly end: number;
}

export type Operand = Binding | ExpressionElem;

/** WGSL specification, section "Operator Precedence and Associativity": what binds tighter has the higher level. */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];
const [OR, AND, BIT_OR, BIT_XOR, BIT_AND, RELATIONAL, SHIFT, ADDITIVE, MULTIPLICATIVE] = LEVELS.keys();

const levelOf = (op: string) => LEVELS.findIndex((ops) => ops.includes(op));

/** The levels that may stand as an operand without parentheses, by the operator's own level. */
const OPERANDS: Record<number, { left: readonly number[]; right: readonly number[] }> = {
  [OR]: {
    left: [OR, RELATIONAL, SHIFT, ADDITIVE, MULTIPLICATIVE],
    right: [RELATIONAL, SHIFT, ADDITIVE, MULTIPLICATIVE],
  },
  [AND]: {
    left: [AND, RELATIONAL, SHIFT, ADDITIVE, MULTIPLICATIVE],
    right: [RELATIONAL, SHIFT, ADDITIVE, MULTIPLICATIVE],
  },
  [BIT_OR]: { left: [BIT_OR], right: [] },
  [BIT_XOR]: { left: [BIT_XOR], right: [] },
  [BIT_AND]: { left: [BIT_AND], right: [] },
  [RELATIONAL]: { left: [SHIFT, ADDITIVE, MULTIPLICATIVE], right: [SHIFT, ADDITIVE, MULTIPLICATIVE] },
  [SHIFT]: { left: [], right: [] },
  [ADDITIVE]: { left: [ADDITIVE, MULTIPLICATIVE], right: [MULTIPLICATIVE] },
  [MULTIPLICATIVE]: { left: [MULTIPLICATIVE], right: [] },
};

/**
 * Binds the operators of an unparenthesised chain anew. The parser climbs a right operand by one level only, so it
 * takes `a || b * c + d` for `(a || b * c) + d`; the operands and operators in the order of the text are all that is
 * taken from its tree. Throws `Mistake` where the specification asks for parentheses.
 */
export function bind(elem: BinaryExpression): Binding {
  const operands: ExpressionElem[] = [];
  const operators: BinaryExpression['operator'][] = [];
  const flatten = (node: ExpressionElem): void => {
    if (node.kind !== 'binary-expression') {
      operands.push(node);
      return;
    }
    flatten(node.left);
    operators.push(node.operator);
    flatten(node.right);
  };
  flatten(elem);

  let next = 0;
  const climb = (least: number): Operand => {
    let left: Operand = operands[next];
    while (next < operators.length && levelOf(operators[next].value) >= least) {
      const operator = operators[next++];
      const level = levelOf(operator.value);
      const right = climb(level + 1);
      demandParentheses(operator, level, left, right);
      left = { op: operator.value, left, right, start: left.start, end: right.end };
    }
    return left;
  };
  return climb(0) as Binding;
}

function demandParentheses(
  operator: BinaryExpression['operator'],
  level: number,
  left: Operand,
  right: Operand,
): void {
  for (const [side, operand] of [
    ['left', left],
    ['right', right],
  ] as const) {
    if (!('op' in operand) || OPERANDS[level][side].includes(levelOf(operand.op))) continue;
    throw new Mistake(
      `'${operator.value}' needs parentheses around its ${side} operand, which is a '${operand.op}'`,
      operand,
    );
  }
}
