import { applyBinary } from '../algebra';
import { f32Const, i32Const, unary } from '../ir/build';
import type { Ir, IrType, Label } from '../ir/ir';
import { sizeOf } from '../layout';
import type { Expr, Stmt, Variable } from '../tree';
import { elementScalar, flatCount, vector } from '../types';
import type { FunctionBuilder } from './builder';
import { lowerCondition, lowerPlace, lowerPointer, lowerValue } from './expressions';
import { addressOf } from './functions';
import { frozenPlace, indexPlace, irTypes, type Place, readPlace, type Slot, writePlace } from './place';
import { irAlgebra } from './scalars';

/** Lowers statements in order. `isTail`: whether the function ends with them, so that a last return need not branch. */
export function lowerStatements(builder: FunctionBuilder, body: readonly Stmt[], isTail = false): void {
  body.forEach((statement, i) => lowerStatement(builder, statement, isTail && i === body.length - 1));
}

function lowerStatement(builder: FunctionBuilder, s: Stmt, isTail: boolean): void {
  switch (s.kind) {
    case 'declare':
      lowerDeclaration(builder, s.variable, s.init);
      return;
    case 'assign':
      lowerAssign(builder, s);
      return;
    case 'assign-swizzle':
      lowerAssignSwizzle(builder, s);
      return;
    case 'evaluate':
      lowerEvaluate(builder, s.expr);
      return;
    case 'block':
      lowerStatements(builder, s.body, isTail);
      return;
    case 'if':
      lowerIf(builder, s, isTail);
      return;
    case 'loop':
      lowerLoop(builder, s);
      return;
    case 'switch':
      lowerSwitch(builder, s);
      return;
    case 'break':
      builder.emit({ op: 'br', label: builder.loops[builder.loops.length - 1].exit });
      return;
    case 'continue':
      builder.emit({ op: 'br', label: [...builder.loops].reverse().find((loop) => loop.next)!.next! });
      return;
    case 'return':
      lowerReturn(builder, s.value, isTail);
  }
}

function lowerDeclaration(builder: FunctionBuilder, variable: Variable, init: Expr | undefined): void {
  if (variable.type.kind === 'pointer') {
    builder.bound.set(variable, { kind: 'place', place: frozenPlace(builder, lowerPointer(builder, init!)) });
    return;
  }
  const bound = builder.bound.get(variable);
  if (builder.framed.has(variable) && bound?.kind === 'place') {
    initialize(builder, bound.place, init);
    return;
  }
  if (variable.kind === 'let') {
    const scalars = lowerValue(builder, init!).map((scalar) => builder.freeze(scalar));
    builder.bound.set(variable, { kind: 'value', scalars });
    return;
  }
  initialize(builder, declarePlace(builder, variable), init);
}

function declarePlace(builder: FunctionBuilder, variable: Variable): Place {
  const { program } = builder;
  const { type } = variable;
  const place: Place = program.usage.inMemory.has(variable)
    ? { kind: 'memory', type, address: builder.scratch(), offset: program.offsetOf(variable) }
    : { kind: 'slots', type, choices: [irTypes(type).map((ir): Slot => newSlot(builder, ir))] };
  builder.bound.set(variable, { kind: 'place', place });
  return place;
}

const newSlot = (builder: FunctionBuilder, type: IrType): Slot => ({
  in: 'local',
  type,
  index: builder.newLocal(type),
});

/** Writes an initial value, or zero, into a variable. */
export function initialize(builder: FunctionBuilder, place: Place, init: Expr | undefined): void {
  if (init && !isZero(init)) assignTo(builder, place, init);
  else if (place.kind === 'memory')
    builder.emit({ op: 'zero', at: addressOf(place), bytes: i32Const(sizeOf(place.type)) });
  else
    writePlace(
      builder,
      place,
      irTypes(place.type).map((type) => (type === 'f32' ? f32Const(0) : i32Const(0))),
    );
}

function isZero(expr: Expr): boolean {
  if (expr.kind === 'construct') return expr.args.length === 0;
  return expr.value?.scalars.every((scalar) => !scalar && !Object.is(scalar, -0)) ?? false;
}

/** Aggregates beyond this many scalars are copied as memory. */
const mostScalarsCopied = 16;

function assignTo(builder: FunctionBuilder, place: Place, value: Expr): void {
  // Padding is not ours to write, so only a type without any is moved as a block.
  const isDense = sizeOf(place.type) === 4 * flatCount(place.type);
  if (place.kind === 'memory' && isDense && flatCount(place.type) > mostScalarsCopied) {
    if (value.kind === 'load') {
      const source = lowerPlace(builder, value.source);
      if (source.kind === 'memory') {
        builder.emit({
          op: 'copy',
          to: addressOf(place),
          from: addressOf(source),
          bytes: sizeOf(place.type),
        });
        return;
      }
    }
    if (isZero(value)) {
      builder.emit({ op: 'zero', at: addressOf(place), bytes: i32Const(sizeOf(place.type)) });
      return;
    }
  }
  writePlace(builder, place, lowerValue(builder, value));
}

function lowerAssign(builder: FunctionBuilder, s: Extract<Stmt, { kind: 'assign' }>): void {
  const target = lowerPlace(builder, s.target);
  const place = s.op || s.value.effects ? frozenPlace(builder, target) : target;
  if (!s.op) {
    assignTo(builder, place, s.value);
    return;
  }
  const current = readPlace(builder, place);
  const left = s.value.effects ? current.map((scalar) => builder.freeze(scalar)) : current;
  const right = { type: s.value.type, scalars: lowerValue(builder, s.value) };
  const { type } = s.target;
  writePlace(
    builder,
    place,
    applyBinary(irAlgebra(builder), s.op, { type, scalars: left }, right, elementScalar(type)!),
  );
}

function lowerAssignSwizzle(builder: FunctionBuilder, s: Extract<Stmt, { kind: 'assign-swizzle' }>): void {
  const target = frozenPlace(builder, lowerPlace(builder, s.target));
  const lanes = s.lanes.map((lane) => indexPlace(builder, target, i32Const(lane)));
  const current =
    s.op && lanes.flatMap((lane) => readPlace(builder, lane)).map((scalar) => builder.freeze(scalar));
  const value = lowerValue(builder, s.value);
  const type = vector(lanes.length, s.elem);
  const scalars =
    s.op && current
      ? applyBinary(
          irAlgebra(builder),
          s.op,
          { type, scalars: current },
          { type: s.value.type, scalars: value },
          s.elem,
        )
      : value;
  const frozen = scalars.map((scalar) => builder.freeze(scalar));
  lanes.forEach((lane, i) => writePlace(builder, lane, [frozen[i]]));
}

/** Evaluates for the effects; a value without effects leaves nothing behind. */
function lowerEvaluate(builder: FunctionBuilder, expr: Expr): void {
  if (expr.ref) lowerPlace(builder, expr);
  else if (expr.type.kind === 'pointer') lowerPointer(builder, expr);
  else if (expr.effects) for (const scalar of lowerValue(builder, expr)) builder.freeze(scalar);
}

function lowerIf(builder: FunctionBuilder, s: Extract<Stmt, { kind: 'if' }>, isTail: boolean): void {
  const condition = lowerCondition(builder, s.condition);
  const arm = (body: readonly Stmt[]) => builder.inBlock(() => lowerStatements(builder, body, isTail));
  if (condition.op === 'const') {
    for (const statement of arm(condition.value ? s.accept : s.reject)) builder.emit(statement);
    return;
  }
  builder.emit({ op: 'if', condition, accept: arm(s.accept), reject: arm(s.reject) });
}

function lowerLoop(builder: FunctionBuilder, s: Extract<Stmt, { kind: 'loop' }>): void {
  const exit: Label = { name: 'break' };
  const next: Label = { name: 'continue' };
  const head: Label = { name: 'loop' };
  const leaveIf = (condition: Ir) => builder.emit({ op: 'br-if', label: exit, condition });
  const round = builder.inBlock(() => {
    if (s.condition) leaveIf(unary('i32.eqz', lowerCondition(builder, s.condition)));
    builder.loops.push({ exit, next });
    const body = builder.inBlock(() => lowerStatements(builder, s.body));
    builder.loops.pop();
    builder.emit({ op: 'block', label: next, body });
    lowerStatements(builder, s.continuing);
    if (s.breakIf) leaveIf(lowerCondition(builder, s.breakIf));
  });
  builder.emit({ op: 'block', label: exit, body: [{ op: 'loop', label: head, body: round }] });
}

function lowerSwitch(builder: FunctionBuilder, s: Extract<Stmt, { kind: 'switch' }>): void {
  const selector = builder.keep(lowerValue(builder, s.selector)[0]);
  const exit: Label = { name: 'break' };
  builder.loops.push({ exit });
  const lowered = s.cases.map((clause) => ({
    ...clause,
    body: builder.inBlock(() => lowerStatements(builder, clause.body)),
  }));
  builder.loops.pop();
  const otherwise = lowered.find((clause) => clause.isDefault)!.body;
  const cases = lowered.filter((clause) => !clause.isDefault).map(({ values, body }) => ({ values, body }));
  builder.emit({ op: 'block', label: exit, body: [{ op: 'switch', selector, cases, otherwise }] });
}

function lowerReturn(builder: FunctionBuilder, value: Expr | undefined, isTail: boolean): void {
  const activation = builder.activation!;
  const scalars = value ? lowerValue(builder, value) : [];
  if (!activation.exit) {
    builder.emit({ op: 'return', values: [...scalars, ...builder.handBack] });
    return;
  }
  const frozen = scalars.length > 1 ? scalars.map((scalar) => builder.freeze(scalar)) : scalars;
  frozen.forEach((scalar, i) => builder.emit({ op: 'set', index: activation.results[i], value: scalar }));
  if (isTail) return;
  activation.exitUsed = true;
  builder.emit({ op: 'br', label: activation.exit });
}
