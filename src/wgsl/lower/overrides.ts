import { applyBinary, applyConstruct } from '../algebra';
import { applyBuiltin } from '../builtins';
import { Mistake } from '../diagnostics';
import type { Expr, Variable } from '../tree';
import { elementScalar, f32, flatCount, i32, type ScalarType, u32 } from '../types';
import { constants } from '../values/constants';
import { ConstError, slice, type Value } from '../values/value';

/**
 * Values of the overrides for one pipeline.
 * @param given by name, or by decimal `@id`, as WebGPU's `constants`
 * @throws Mistake where a value does not fit, ConstError where a key names no override
 */
export function resolveOverrides(
  overrides: readonly Variable[],
  given: Readonly<Record<string, number>>,
): Map<Variable, Value> {
  const values = new Map<Variable, Value>();
  const keys = new Set(overrides.map(keyOf));
  for (const key of Object.keys(given))
    if (!keys.has(key)) throw new ConstError(`no override is named '${key}'`);
  const pending = new Set(overrides);
  // An override may be initialized from others: repeat until none can be resolved any more.
  for (let progress = true; progress; ) {
    progress = false;
    for (const override of pending) {
      const value = overrideValue(override, given[keyOf(override)], values);
      if (!value) continue;
      values.set(override, value);
      pending.delete(override);
      progress = true;
    }
  }
  return values;
}

const keyOf = (override: Variable): string =>
  override.id === undefined ? override.name : String(override.id);

function overrideValue(
  override: Variable,
  given: number | undefined,
  known: ReadonlyMap<Variable, Value>,
): Value | undefined {
  const { type, init } = override;
  if (given !== undefined) return { type, scalars: [givenScalar(type as ScalarType, given, override)] };
  if (!init || !dependsOnKnown(init, known)) return undefined;
  return evaluateOverride(init, known);
}

function givenScalar(type: ScalarType, given: number, override: Variable): boolean | number {
  if (type.name === 'bool') return given !== 0 && !Number.isNaN(given);
  const misfit = new Mistake(
    `the value ${given} of override '${override.name}' does not fit ${type.name}`,
    override,
  );
  if (!Number.isFinite(given)) throw misfit;
  if (type.name === f32.name) {
    if (!Number.isFinite(Math.fround(given))) throw misfit;
    return Math.fround(given);
  }
  const whole = Math.trunc(given);
  const [low, high] = type.name === u32.name ? [0, 4294967295] : [-2147483648, 2147483647];
  if (type.name !== i32.name && type.name !== u32.name) throw misfit;
  if (whole < low || whole > high) throw misfit;
  return whole;
}

function dependsOnKnown(expr: Expr, known: ReadonlyMap<Variable, Value>): boolean {
  if (expr.value) return true;
  switch (expr.kind) {
    case 'variable':
      return known.has(expr.variable);
    case 'unary':
      return dependsOnKnown(expr.operand, known);
    case 'binary':
      return dependsOnKnown(expr.left, known) && dependsOnKnown(expr.right, known);
    case 'swizzle':
      return dependsOnKnown(expr.base, known);
    case 'index':
      return dependsOnKnown(expr.base, known) && dependsOnKnown(expr.index, known);
    case 'builtin':
    case 'construct':
      return expr.args.every((arg) => dependsOnKnown(arg, known));
    default:
      return false;
  }
}

/** Evaluates an override-expression. @throws Mistake where an override has no value */
export function evaluateOverride(expr: Expr, overrides: ReadonlyMap<Variable, Value>): Value {
  if (expr.value) return expr.value;
  const evaluate = (part: Expr) => evaluateOverride(part, overrides);
  const { type } = expr;
  switch (expr.kind) {
    case 'variable': {
      const value = overrides.get(expr.variable);
      if (!value) throw new Mistake(`override '${expr.variable.name}' has no value`, expr.variable);
      return value;
    }
    case 'unary': {
      const elem = elementScalar(type)!;
      return { type, scalars: evaluate(expr.operand).scalars.map((x) => constants.unary(expr.op, elem, x)) };
    }
    case 'binary': {
      const elem = elementScalar(expr.left.type)!;
      return {
        type,
        scalars: applyBinary(constants, expr.op, evaluate(expr.left), evaluate(expr.right), elem),
      };
    }
    case 'swizzle': {
      const { scalars } = evaluate(expr.base);
      return { type, scalars: expr.lanes.map((lane) => scalars[lane]) };
    }
    case 'index':
      return slice(evaluate(expr.base), Number(evaluate(expr.index).scalars[0]) * flatCount(type), type);
    case 'builtin':
      return { type, scalars: applyBuiltin(constants, expr.name, expr.args.map(evaluate), type) };
    case 'construct':
      return { type, scalars: applyConstruct(constants, type, expr.args.map(evaluate)) };
    default:
      throw new Mistake('not an override-expression', expr);
  }
}
