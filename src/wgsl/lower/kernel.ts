import { binary, getLocal, i32Const } from '../ir/build';
import type { Ir, IrFunction, IrModule } from '../ir/ir';
import { optimize } from '../ir/optimize';
import { sizeOf } from '../layout';
import type { Fn, Variable } from '../tree';
import type { StructType } from '../types';
import type { Value } from '../values/value';
import { FunctionBuilder, type Origin } from './builder';
import { lowerPlaceOf } from './expressions';
import { Fission, hasBarrier } from './fission';
import { inlineBody } from './functions';
import { evaluateOverride } from './overrides';
import { Program } from './program';
import { initialize } from './statements';
import { analyzeUsage } from './usage';

/** A kernel before emission, and what its caller has to know. */
export interface LoweredKernel {
  readonly module: IrModule;
  readonly workgroupSize: readonly [number, number, number];
  readonly bindings: readonly { readonly variable: Variable; readonly minBindingSize: number }[];
  readonly scratchBytes: number;
  readonly workgroupBytes: number;
}

/** The parameters of `run`. */
const params = getLocal('i32', 0);
const firstWorkgroup = getLocal('i32', 1);
const endWorkgroup = getLocal('i32', 2);

const word = (index: number): Ir => ({ op: 'load', type: 'i32', address: params, offset: 4 * index });
/** In the block that `params` points to: three words of num_workgroups, the scratch address, then two a binding. */
const runOrigin: Origin = {
  scratch: () => word(3),
  base: (binding) => word(4 + 2 * binding),
  bytes: (binding) => word(5 + 2 * binding),
};

const add = (a: Ir, b: Ir): Ir => binary('i32.add', a, b);
const multiply = (a: Ir, b: Ir): Ir => binary('i32.mul', a, b);

/** Lowers an entry point and all it reaches. */
export function lowerKernel(
  entry: Fn,
  overrides: ReadonlyMap<Variable, Value>,
  options: { sharedMemory: boolean },
): LoweredKernel {
  const extents = entry.workgroupSize!.map((extent) =>
    Number(evaluateOverride(extent, overrides).scalars[0]),
  );
  const workgroupSize: [number, number, number] = [extents[0], extents[1] ?? 1, extents[2] ?? 1];
  const isSingleInvocation = workgroupSize.every((extent) => extent === 1);
  const program = new Program(analyzeUsage(entry), overrides, { ...options, isSingleInvocation });
  const builder = new FunctionBuilder(program, ['i32', 'i32', 'i32'], runOrigin);
  const body = builder.inBlock(() => lowerRun(builder, entry, workgroupSize));
  const setup = builder.inBlock(() => publishOrigin(builder));
  const run: IrFunction = {
    name: 'run',
    params: ['i32', 'i32', 'i32'],
    results: [],
    locals: builder.locals,
    body: [...builder.finish(), ...setup, ...body],
  };
  return {
    module: optimize(
      {
        functions: [...program.functions.values(), run],
        run,
        globals: program.globals,
        data: program.data.map(({ bytes }) => bytes),
        sharedMemory: program.sharedMemory,
      },
      program.firstPrivateGlobal,
    ),
    workgroupSize,
    bindings: program.bindings.map((variable) => ({ variable, minBindingSize: sizeOf(variable.type) })),
    scratchBytes: program.scratchBytes,
    workgroupBytes: program.workgroupBytes,
  };
}

/** Hands what `run` was given to the functions it calls, and writes the constant tables. */
function publishOrigin(builder: FunctionBuilder): void {
  const { program } = builder;
  if (program.functions.size) {
    const { scratch, base } = program.originGlobals;
    const publish = (index: number, value: Ir) => builder.emit({ op: 'set-global', index, value });
    publish(scratch, runOrigin.scratch());
    program.bindings.forEach((_, i) => {
      publish(base + 2 * i, runOrigin.base(i));
      publish(base + 2 * i + 1, runOrigin.bytes(i));
    });
  }
  program.data.forEach(({ bytes, offset }, data) => {
    builder.emit({ op: 'init', at: add(runOrigin.scratch(), i32Const(offset)), data, bytes: bytes.length });
  });
}

/** Workgroups in order; inside each, invocations in order of local_invocation_index. */
function lowerRun(builder: FunctionBuilder, entry: Fn, size: readonly [number, number, number]): void {
  const numWorkgroups = [0, 1, 2].map((axis) => builder.hoisted(`num_workgroups ${axis}`, () => word(axis)));
  countedLoop(builder, firstWorkgroup, endWorkgroup, (workgroup) => {
    const [nx, ny] = numWorkgroups;
    const row = builder.freeze(binary('i32.div_u', workgroup, nx));
    const workgroupId = [
      builder.freeze(binary('i32.rem_u', workgroup, nx)),
      builder.freeze(binary('i32.rem_u', row, ny)),
      builder.freeze(binary('i32.div_u', row, ny)),
    ];
    const { workgroupBytes } = builder.program;
    if (workgroupBytes) builder.emit({ op: 'zero', at: builder.scratch(), bytes: i32Const(workgroupBytes) });
    const inputs = (localId: readonly Ir[]) =>
      builtinInputs(builder, { numWorkgroups, workgroupId, localId, size });
    if (!builder.program.isSingleInvocation && hasBarrier(entry.body)) {
      lowerInRegions(builder, entry, size, inputs);
      return;
    }
    nestedLoops(builder, size, (localId) => {
      initializePrivate(builder);
      bindInputs(builder, entry, inputs(localId));
      inlineBody(builder, entry, []);
    });
  });
}

type Input = (name: string) => Ir[];

function lowerInRegions(
  builder: FunctionBuilder,
  entry: Fn,
  size: readonly [number, number, number],
  inputs: (localId: readonly Ir[]) => Input,
): void {
  let input: Input;
  const fission = new Fission(builder, entry, size[0] * size[1] * size[2], {
    each: (body) =>
      nestedLoops(builder, size, (localId) => {
        input = inputs(localId);
        body(input('local_invocation_index')[0]);
      }),
    enter: () => bindInputs(builder, entry, input),
  });
  fission.run(() => initializePrivate(builder));
}

/** `for (i = first; i < end; i++)` over u32. */
function countedLoop(builder: FunctionBuilder, first: Ir, end: Ir, body: (index: Ir) => void): void {
  const index = builder.newLocal('i32');
  const counter = getLocal('i32', index);
  builder.emit({ op: 'set', index, value: first });
  const exit = { name: 'done' };
  const round = builder.inBlock(() => {
    builder.emit({ op: 'br-if', label: exit, condition: binary('i32.ge_u', counter, end) });
    body(counter);
    builder.emit({ op: 'set', index, value: add(counter, i32Const(1)) });
  });
  builder.emit({ op: 'block', label: exit, body: [{ op: 'loop', label: { name: 'next' }, body: round }] });
}

function nestedLoops(
  builder: FunctionBuilder,
  size: readonly number[],
  body: (localId: readonly Ir[]) => void,
): void {
  const axis = (index: number, inner: (at: Ir) => void): void => {
    if (size[index] === 1) inner(i32Const(0));
    else countedLoop(builder, i32Const(0), i32Const(size[index]), inner);
  };
  axis(2, (z) => axis(1, (y) => axis(0, (x) => body([x, y, z]))));
}

interface Ids {
  readonly numWorkgroups: readonly Ir[];
  readonly workgroupId: readonly Ir[];
  readonly localId: readonly Ir[];
  readonly size: readonly number[];
}

function builtinInputs(builder: FunctionBuilder, { numWorkgroups, workgroupId, localId, size }: Ids): Input {
  return (name) => {
    switch (name) {
      case 'num_workgroups':
        return [...numWorkgroups];
      case 'workgroup_id':
        return [...workgroupId];
      case 'local_invocation_id':
        return [...localId];
      case 'global_invocation_id':
        return localId.map((local, axis) =>
          builder.freeze(add(multiply(workgroupId[axis], i32Const(size[axis])), local)),
        );
      case 'local_invocation_index': {
        const [x, y, z] = localId;
        const plane = add(multiply(z, i32Const(size[1])), y);
        return [builder.freeze(add(multiply(plane, i32Const(size[0])), x))];
      }
      default:
        throw new Error(`no compute input is named '${name}'`);
    }
  };
}

function initializePrivate(builder: FunctionBuilder): void {
  for (const variable of builder.program.usage.variables)
    if (variable.space === 'private') initialize(builder, lowerPlaceOf(builder, variable), variable.init);
}

function bindInputs(builder: FunctionBuilder, entry: Fn, input: Input): void {
  for (const param of entry.params) {
    const scalars = param.builtin
      ? input(param.builtin)
      : (param.type as StructType).members.flatMap((member) => input(member.builtin!));
    builder.bound.set(param, { kind: 'value', scalars: scalars.map((scalar) => builder.freeze(scalar)) });
  }
}
