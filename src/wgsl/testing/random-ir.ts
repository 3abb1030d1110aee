import fc from 'fast-check';
import { binary, elementAddress, getLocal, i32Const, select, unary } from '../ir/build';
import type { Ir, IrBinary, IrFunction, IrModule, IrStmt, Label } from '../ir/ir';
import { emitScalar } from '../wasm/emit';

/** Locals that random code computes with, after the three parameters of `run`. */
const VARIABLES = 6;
const FIRST_VARIABLE = 3;
/** Private variables; the global before them is not one. */
const PRIVATES = 3;
export const FIRST_PRIVATE = 1;

/** Statements that need locals of their own are made with a function that hands those out. */
type Draft = (newLocal: () => number) => IrStmt[];

const variable = fc.nat(VARIABLES - 1).map((i) => FIRST_VARIABLE + i);
const constant = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, 4, 5, 7, 8, 16, 31, 255, 256, 0xffff, -1, -2, -4, 0x7fffffff, -0x80000000),
  fc.integer(),
);

const binaries: readonly IrBinary[] = [
  'i32.add',
  'i32.sub',
  'i32.mul',
  'i32.and',
  'i32.or',
  'i32.xor',
  'i32.shl',
  'i32.shr_s',
  'i32.shr_u',
  'i32.rotl',
  'i32.eq',
  'i32.ne',
  'i32.lt_s',
  'i32.lt_u',
  'i32.gt_s',
  'i32.gt_u',
  'i32.le_s',
  'i32.le_u',
  'i32.ge_s',
  'i32.ge_u',
];

/** The shapes that lowering gives addresses, by an index; all of them lie within the first 192 KiB. */
const accesses = fc
  .tuple(constant, fc.constantFrom(0, 3, 15, 0xff, 0x3ff), fc.constantFrom(1, 4, 8, 12), fc.boolean())
  .map(([plus, last, stride, isMasked]) => (index: Ir): Ir => {
    const at = binary('i32.add', index, i32Const(plus));
    const within = isMasked
      ? binary('i32.and', at, i32Const(last))
      : select(binary('i32.lt_u', at, i32Const(last)), at, i32Const(last));
    return elementAddress(getLocal('i32', 0), within, stride);
  });

const { expression, address } = fc.letrec<{ expression: Ir; address: Ir }>((tie) => {
  const any = tie('expression');
  const number = constant.map(i32Const);
  return {
    expression: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.oneof(
        number,
        variable.map((i) => getLocal('i32', i)),
        fc.nat(PRIVATES - 1).map((i): Ir => ({ op: 'global', type: 'i32', index: FIRST_PRIVATE + i })),
      ),
      fc.tuple(fc.constantFrom('i32.eqz', 'i32.clz', 'i32.popcnt'), any).map(([code, a]) => unary(code, a)),
      fc
        .tuple(fc.constantFrom(...binaries), any, fc.oneof(any, number))
        .map(([code, a, b]) => binary(code, a, b)),
      fc.tuple(any, any, any).map(([condition, a, b]) => select(condition, a, b)),
      fc
        .tuple(fc.constantFrom('lt_u', 'gt_u', 'lt_s'), any, fc.oneof(any, number))
        .map(([order, a, b]) => select(binary(`i32.${order}`, a, b), a, b)),
      fc
        .tuple(any, any, any)
        .map(([condition, a, b]): Ir => ({ op: 'choose', type: 'i32', condition, a, b })),
      fc
        .tuple(tie('address'), fc.nat(64))
        .map(([at, offset]): Ir => ({ op: 'load', type: 'i32', address: at, offset })),
    ),
    address: fc.tuple(any, accesses).map(([index, access]) => access(index)),
  };
});

const set: fc.Arbitrary<Draft> = fc.tuple(variable, expression).map(([index, value]) => () => [
  { op: 'set', index, value },
]);
const setGlobal: fc.Arbitrary<Draft> = fc.tuple(fc.nat(PRIVATES - 1), expression).map(([i, value]) => () => [
  { op: 'set-global', index: FIRST_PRIVATE + i, value },
]);
const store: fc.Arbitrary<Draft> = fc
  .tuple(address, fc.nat(64), expression)
  .map(([at, offset, value]) => () => [{ op: 'store', address: at, offset, value }]);
/** A temporary that is used in the statement after it. */
const temporary: fc.Arbitrary<Draft> = fc
  .tuple(expression, variable, fc.boolean())
  .map(([value, to, isAdded]) => (newLocal) => {
    const index = newLocal();
    const local = getLocal('i32', index);
    return [
      { op: 'set', index, value },
      {
        op: 'set',
        index: to,
        value: isAdded ? binary('i32.add', getLocal('i32', to), local) : unary('i32.eqz', local),
      },
    ];
  });

/** So little that it may lie between two states. */
const few: fc.Arbitrary<Draft> = fc.array(fc.oneof(set, temporary), { maxLength: 2 }).map(
  (all): Draft =>
    (newLocal) =>
      all.flatMap((draft) => draft(newLocal)),
);

/** An index, and accesses at constant distances from it. */
const indexed: fc.Arbitrary<Draft> = fc
  .tuple(
    expression,
    fc.constantFrom(-1, 0, 7, 0x3f, 0xffff),
    fc.constantFrom(1, 2, 3, 8),
    constant,
    accesses,
    accesses,
    variable,
  )
  .map(
    ([value, mask, factor, plus, to, from, result]): Draft =>
      (newLocal) => {
        const record = newLocal();
        const index = getLocal('i32', record);
        const scaled = binary('i32.mul', binary('i32.and', value, i32Const(mask)), i32Const(factor));
        return [
          { op: 'set', index: record, value: binary('i32.add', scaled, i32Const(plus)) },
          { op: 'store', address: to(index), offset: 4, value: index },
          { op: 'set', index: result, value: { op: 'load', type: 'i32', address: from(index), offset: 0 } },
        ];
      },
  );

const { list } = fc.letrec<{ list: Draft; one: Draft }>((tie) => ({
  list: fc.array(tie('one'), { maxLength: 4 }).map(
    (all): Draft =>
      (newLocal) =>
        all.flatMap((draft) => draft(newLocal)),
  ),
  one: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(set, store, temporary, indexed, setGlobal),
    fc.tuple(expression, tie('list'), tie('list')).map(
      ([condition, accept, reject]): Draft =>
        (newLocal) => [{ op: 'if', condition, accept: accept(newLocal), reject: reject(newLocal) }],
    ),
    fc.tuple(tie('list'), expression, tie('list')).map(
      ([before, condition, after]): Draft =>
        (newLocal) => {
          const label = { name: 'exit' };
          const body: IrStmt[] = [...before(newLocal), { op: 'br-if', label, condition }, ...after(newLocal)];
          return [{ op: 'block', label, body }];
        },
    ),
    outcome(tie('list')),
    compared(tie('list')),
    unchanged(tie('list')),
    fc.tuple(fc.nat(3), tie('list')).map(
      ([times, body]): Draft =>
        (newLocal) =>
          loop(newLocal(), times, body(newLocal)),
    ),
    fc.tuple(variable, fc.array(stateOf(tie('list')), { minLength: 3, maxLength: 5 }), tie('list'), few).map(
      ([selector, states, before, after]): Draft =>
        (newLocal) => {
          const exit = { name: 'exit' };
          const done = { name: 'done' };
          const counter = newLocal();
          const count = getLocal('i32', counter);
          const dispatch: IrStmt = {
            op: 'switch',
            selector: getLocal('i32', selector),
            cases: states.map((state, i) => ({
              values: [i],
              body: [
                { op: 'br-if', label: done, condition: binary('i32.ge_u', count, i32Const(8)) },
                { op: 'set', index: counter, value: binary('i32.add', count, i32Const(1)) },
                ...state(selector, exit)(newLocal),
              ],
            })),
            otherwise: [{ op: 'br', label: done }],
          };
          const isOne = binary('i32.eq', getLocal('i32', selector), i32Const(1));
          const body: IrStmt[] = [
            { op: 'if', condition: isOne, accept: before(newLocal), reject: [] },
            { op: 'block', label: exit, body: [dispatch] },
            ...after(newLocal),
          ];
          return [
            { op: 'set', index: counter, value: i32Const(0) },
            { op: 'set', index: selector, value: i32Const(0) },
            { op: 'block', label: done, body: [{ op: 'loop', label: { name: 'next' }, body }] },
          ];
        },
    ),
  ),
}));

/** An outcome that is set in several paths, out of a block or not, and decides what is done next; it may be read later. */
function outcome(list: fc.Arbitrary<Draft>): fc.Arbitrary<Draft> {
  const value = fc.oneof(fc.constantFrom(0, 1, 2).map(i32Const), expression);
  return fc
    .tuple(
      fc.record({ asked: expression, early: value, between: list, chosen: value, late: value }),
      fc.record({ isNegated: fc.boolean(), and: fc.option(expression), isReadLater: fc.boolean() }),
      fc.tuple(variable, fc.boolean(), list, list),
    )
    .map(
      ([path, test, [kept, isLeft, accept, reject]]): Draft =>
        (newLocal) => {
          const result = newLocal();
          const label = { name: 'exit' };
          const set = (value: Ir): IrStmt => ({ op: 'set', index: result, value });
          const leave: IrStmt[] = isLeft ? [{ op: 'br', label }] : [];
          const between = path.between(newLocal);
          const choice: IrStmt[] = [
            {
              op: 'if',
              condition: path.asked,
              accept: [set(path.early), ...leave],
              reject: isLeft ? [] : [...between, set(path.late)],
            },
          ];
          if (isLeft)
            choice.push(...between, {
              op: 'if',
              condition: path.late,
              accept: [set(path.chosen)],
              reject: [set(path.late)],
            });
          const found = test.isNegated ? unary('i32.eqz', getLocal('i32', result)) : getLocal('i32', result);
          const condition: Ir = test.and
            ? { op: 'choose', type: 'i32', condition: found, a: test.and, b: i32Const(0) }
            : found;
          const after: IrStmt = { op: 'if', condition, accept: accept(newLocal), reject: reject(newLocal) };
          const read: IrStmt[] = test.isReadLater
            ? [{ op: 'set', index: kept, value: getLocal('i32', result) }]
            : [];
          return [isLeft ? { op: 'block', label, body: choice } : choice[0], after, ...read];
        },
    );
}

/** Two words compared as one number with two others, then stored side by side; all four may be read later. */
function compared(list: fc.Arbitrary<Draft>): fc.Arbitrary<Draft> {
  return fc
    .tuple(
      fc.tuple(address, address),
      fc.array(expression, { minLength: 4, maxLength: 4 }),
      list,
      variable,
      fc.nat(15),
    )
    .map(
      ([[from, to], values, body, kept, form]): Draft =>
        (newLocal) => {
          const [a0, a1, b0, b1] = values.map(newLocal);
          const local = (index: number): Ir => getLocal('i32', index);
          const word = (offset: number): Ir => ({ op: 'load', type: 'i32', address: from, offset });
          const set = (index: number, value: Ir): IrStmt => ({ op: 'set', index, value });
          const store = (index: number, offset: number): IrStmt => ({
            op: 'store',
            address: to,
            offset,
            value: local(index),
          });
          const [low, high] = form & 1 ? [word(0), word(4)] : values;
          const isEqual = binary('i32.eq', local(a1), local(b1));
          const isLess: Ir = {
            op: 'choose',
            type: 'i32',
            condition: binary('i32.lt_u', local(a1), local(b1)),
            a: i32Const(1),
            b: select(isEqual, binary('i32.lt_u', local(a0), local(b0)), i32Const(0)),
          };
          return [
            set(a0, low),
            set(a1, high),
            ...(form & 8
              ? [
                  set(a0, values[2]),
                  { op: 'if', condition: values[3], accept: [set(a1, low)], reject: [] } as const,
                ]
              : []),
            set(b1, form & 2 ? local(a1) : values[3]),
            set(b0, form & 2 ? local(a0) : values[2]),
            ...(form & 4 ? [set(a1, values[2])] : []),
            {
              op: 'if',
              condition: isLess,
              accept: [set(b0, local(a0)), set(b1, local(a1)), ...body(newLocal)],
              reject: [],
            },
            store(b0, 0),
            store(b1, 4),
            set(kept, binary('i32.xor', local(a0), local(b1))),
          ];
        },
    );
}

/**
 * Two values, given once or anew, of which an expression is used often in a loop, where they stay as they are; they may
 * change after it.
 */
function unchanged(list: fc.Arbitrary<Draft>): fc.Arbitrary<Draft> {
  const uses = fc.array(variable, { minLength: 4, maxLength: 5 });
  return fc.tuple(fc.tuple(expression, expression), accesses, uses, fc.nat(2), list, fc.nat(3)).map(
    ([[value, other], access, [first, ...rest], times, between, form]): Draft =>
      (newLocal) => {
        const [a, b] = [newLocal(), newLocal()];
        const set = (index: number, to: Ir): IrStmt => ({ op: 'set', index, value: to });
        const address = access(binary('i32.add', getLocal('i32', a), getLocal('i32', b)));
        const load: Ir = { op: 'load', type: 'i32', address, offset: 0 };
        const read = (to: number): IrStmt => set(to, binary('i32.add', getLocal('i32', to), load));
        const body = [read(first), ...between(newLocal), ...rest.map(read)];
        return [
          ...(form & 1 ? [set(a, i32Const(0))] : []),
          set(a, value),
          set(b, other),
          ...loop(newLocal(), times, body),
          ...(form & 2 ? [set(a, other)] : []),
        ];
      },
  );
}

/** A case of a state machine: it may name the next state on the way and leave early, and names one at the end. */
function stateOf(list: fc.Arbitrary<Draft>): fc.Arbitrary<(selector: number, exit: Label) => Draft> {
  return fc
    .tuple(list, fc.nat(5), expression, list, fc.nat(5))
    .map(([before, early, condition, after, late]) => (selector, exit) => (newLocal) => {
      const name = (state: number): IrStmt => ({ op: 'set', index: selector, value: i32Const(state) });
      return [
        ...before(newLocal),
        { op: 'if', condition, accept: [name(early), { op: 'br', label: exit }], reject: [] },
        ...after(newLocal),
        name(late),
      ];
    });
}

/** Runs a body so many times. */
function loop(counter: number, times: number, body: readonly IrStmt[]): IrStmt[] {
  const exit = { name: 'done' };
  const count = getLocal('i32', counter);
  const round: IrStmt[] = [
    { op: 'br-if', label: exit, condition: binary('i32.ge_u', count, i32Const(times)) },
    { op: 'set', index: counter, value: binary('i32.add', count, i32Const(1)) },
    ...body,
  ];
  return [
    { op: 'set', index: counter, value: i32Const(0) },
    { op: 'block', label: exit, body: [{ op: 'loop', label: { name: 'next' }, body: round }] },
  ];
}

/** Modules whose `run` computes something arbitrary, leaves all of it in memory, and always ends. */
export const randomModules: fc.Arbitrary<IrModule> = list.map((draft) => {
  const locals: IrFunction['locals'] = Array.from({ length: FIRST_VARIABLE + VARIABLES }, () => 'i32');
  const globals = Array.from({ length: FIRST_PRIVATE + PRIVATES }, () => 'i32' as const);
  const setup: IrStmt[] = globals
    .slice(FIRST_PRIVATE)
    .map((_, i) => ({ op: 'set-global', index: FIRST_PRIVATE + i, value: getLocal('i32', 1) }));
  const body = draft(() => locals.push('i32') - 1);
  const result = locals.map(
    (_, i): IrStmt => ({ op: 'store', address: i32Const(0), offset: 4 * i, value: getLocal('i32', i) }),
  );
  const run: IrFunction = {
    name: 'run',
    params: ['i32', 'i32', 'i32'],
    results: [],
    locals,
    body: [...setup, ...body, ...result.slice(0, FIRST_VARIABLE + VARIABLES)],
  };
  return { functions: [run], run, globals, data: [], sharedMemory: false };
});

const pattern = Uint8Array.from({ length: 3 * 65536 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 24);

/** Emits and runs a module on memory that is filled with a pattern. @returns the memory after it */
export function memoryAfter(module: IrModule): Uint8Array {
  const memory = new WebAssembly.Memory({ initial: 3 });
  const bytes = new Uint8Array(memory.buffer);
  bytes.set(pattern);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(emitScalar(module) as BufferSource), {
    env: { memory },
  });
  (instance.exports.run as (...args: number[]) => void)(1024, 5, -7);
  return bytes;
}
