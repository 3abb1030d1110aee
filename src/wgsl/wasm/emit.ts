import { branchByPieces, ifByPieces, isCompound } from '../ir/conditions';
import type { Ir, IrFunction, IrModule, IrStmt, Label } from '../ir/ir';
import { Bytes } from './bytes';
import { ModuleBuilder, valueTypes } from './module';
import { atomicOpcodes, binaryOpcodes, control, loadOpcodes, storeOpcodes, unaryOpcodes } from './opcodes';
import { partLoad } from './parts';

/** Turns of loops between two ticks, a power of two: a millisecond or so. */
const TURNS_PER_TICK = 2 ** 20;

/** How loops that may never end are broken off: they count their turns and now and then call "env"."tick". */
interface Tick {
  readonly turns: number;
  readonly fn: number;
}

export interface EmitOptions {
  /** Calls "env"."tick" after some turns of loops, which may throw to end the kernel. */
  readonly interruptible?: boolean;
}

/** The scalar emitter: each IR operation becomes one instruction, each invocation runs by itself. */
export function emitScalar(module: IrModule, { interruptible = false }: EmitOptions = {}): Uint8Array {
  const builder = new ModuleBuilder();
  builder.importMemory(module.sharedMemory);
  for (const type of module.globals) builder.addGlobal(type);
  for (const data of module.data) builder.addData(data);
  const tick = interruptible
    ? { turns: builder.addGlobal('i32'), fn: builder.importFunction('tick', builder.type([], [])) }
    : undefined;
  const imported = interruptible ? 1 : 0;
  const indices = new Map(module.functions.map((fn, index) => [fn, imported + index]));
  for (const fn of module.functions) {
    const emitter = new FunctionEmitter(indices, tick);
    builder.addFunction({
      type: builder.type(fn.params, fn.results),
      locals: fn.locals.slice(fn.params.length),
      code: emitter.emit(fn),
    });
  }
  builder.exportFunction('run', indices.get(module.run)!);
  return builder.finish();
}

const noResult = 0x40;
/** A switch becomes a jump table when at least this share of its range is used. */
const leastTableDensity = 0.25;

class FunctionEmitter {
  readonly #code = new Bytes();
  readonly #labels: (Label | undefined)[] = [];
  readonly #functions: ReadonlyMap<IrFunction, number>;
  readonly #tick: Tick | undefined;

  constructor(functions: ReadonlyMap<IrFunction, number>, tick: Tick | undefined) {
    this.#functions = functions;
    this.#tick = tick;
  }

  emit(fn: IrFunction): Uint8Array {
    this.#statements(fn.body);
    // The validator cannot see that every path has returned; a function with results ends unreachable.
    if (fn.results.length) this.#code.byte(0x00);
    return this.#code.finish();
  }

  #op(code: number): void {
    if (code > 0xff) {
      this.#code.byte(code >> 8);
      this.#code.u32(code & 0xff);
    } else this.#code.byte(code);
  }

  #memory(offset: number, bytes: 1 | 2 | 4 = 4): void {
    this.#code.u32(31 - Math.clz32(bytes)); // alignment, as a power of two
    this.#code.u32(offset);
  }

  #expr(ir: Ir): void {
    switch (ir.op) {
      case 'const':
        this.#op(ir.type === 'i32' ? control.i32Const : control.f32Const);
        if (ir.type === 'i32') this.#code.i32(ir.value);
        else this.#code.f32(ir.value);
        return;
      case 'local':
        this.#op(control.localGet);
        this.#code.u32(ir.index);
        return;
      case 'global':
        this.#op(control.globalGet);
        this.#code.u32(ir.index);
        return;
      case 'unary':
        this.#expr(ir.a);
        this.#op(unaryOpcodes[ir.code]);
        return;
      case 'binary':
        this.#binary(ir);
        return;
      case 'select':
        this.#expr(ir.a);
        this.#expr(ir.b);
        this.#expr(ir.condition);
        this.#op(control.select);
        return;
      case 'choose':
        this.#expr(ir.condition);
        this.#op(control.if);
        this.#code.byte(valueTypes[ir.type]);
        this.#expr(ir.a);
        this.#op(control.else);
        this.#expr(ir.b);
        this.#op(control.end);
        return;
      case 'load':
        this.#expr(ir.address);
        this.#op(loadOpcodes[ir.type]);
        this.#memory(ir.offset);
    }
  }

  #binary(ir: Extract<Ir, { op: 'binary' }>): void {
    const part = partLoad(ir);
    if (part) {
      this.#expr(part.address);
      this.#op(part.bytes === 1 ? control.i32Load8U : control.i32Load16U);
      this.#memory(part.offset, part.bytes);
      return;
    }
    this.#expr(ir.a);
    this.#expr(ir.b);
    this.#op(binaryOpcodes[ir.code]);
  }

  #statements(body: readonly IrStmt[]): void {
    for (const statement of body) this.#statement(statement);
  }

  #statement(s: IrStmt): void {
    switch (s.op) {
      case 'set':
      case 'set-global':
        this.#expr(s.value);
        this.#op(s.op === 'set' ? control.localSet : control.globalSet);
        this.#code.u32(s.index);
        return;
      case 'store':
        this.#expr(s.address);
        this.#expr(s.value);
        this.#op(storeOpcodes[s.value.type]);
        this.#memory(s.offset);
        return;
      case 'copy':
        this.#bulk([s.to, s.from, { op: 'const', type: 'i32', value: s.bytes }], control.memoryCopy, [0, 0]);
        return;
      case 'zero':
        this.#bulk([s.at, { op: 'const', type: 'i32', value: 0 }, s.bytes], control.memoryFill, [0]);
        return;
      case 'init': {
        const length: Ir = { op: 'const', type: 'i32', value: s.bytes };
        this.#bulk([s.at, { op: 'const', type: 'i32', value: 0 }, length], control.memoryInit, [s.data, 0]);
        return;
      }
      case 'atomic':
        this.#expr(s.address);
        for (const operand of s.operands) this.#expr(operand);
        this.#op(0xfe00 | atomicOpcodes[s.code]);
        this.#memory(s.offset);
        if (s.result !== undefined) {
          this.#op(control.localSet);
          this.#code.u32(s.result);
        }
        return;
      case 'call':
        for (const arg of s.args) this.#expr(arg);
        this.#op(control.call);
        this.#code.u32(this.#functions.get(s.fn)!);
        for (const result of [...s.results].reverse()) {
          this.#op(control.localSet);
          this.#code.u32(result);
        }
        return;
      case 'return':
        for (const value of s.values) this.#expr(value);
        this.#op(control.return);
        return;
      default:
        this.#controlFlow(s);
    }
  }

  #bulk(operands: readonly Ir[], code: number, immediates: readonly number[]): void {
    for (const operand of operands) this.#expr(operand);
    this.#op(code);
    for (const immediate of immediates) this.#code.u32(immediate);
  }

  #controlFlow(s: Extract<IrStmt, { op: 'if' | 'block' | 'loop' | 'br' | 'br-if' | 'switch' }>): void {
    switch (s.op) {
      case 'if':
        if (isCompound(s.condition)) {
          this.#statement(ifByPieces(s));
          return;
        }
        this.#expr(s.condition);
        this.#open(control.if, undefined);
        this.#statements(s.accept);
        if (s.reject.length) {
          this.#op(control.else);
          this.#statements(s.reject);
        }
        this.#close();
        return;
      case 'block':
        this.#open(control.block, s.label);
        this.#statements(s.body);
        this.#close();
        return;
      case 'loop':
        this.#open(control.loop, s.label);
        if (this.#tick) this.#countTurn(this.#tick);
        this.#statements(s.body);
        this.#branch(control.br, s.label);
        this.#close();
        return;
      case 'br':
        this.#branch(control.br, s.label);
        return;
      case 'br-if':
        if (isCompound(s.condition)) {
          this.#statements(branchByPieces(true, s.condition, s.label));
          return;
        }
        this.#expr(s.condition);
        this.#branch(control.brIf, s.label);
        return;
      case 'switch':
        this.#switch(s);
    }
  }

  #countTurn({ turns, fn }: Tick): void {
    this.#op(control.globalGet);
    this.#code.u32(turns);
    this.#op(control.i32Const);
    this.#code.i32(1);
    this.#op(binaryOpcodes['i32.add']);
    this.#op(control.globalSet);
    this.#code.u32(turns);
    this.#op(control.globalGet);
    this.#code.u32(turns);
    this.#op(control.i32Const);
    this.#code.i32(TURNS_PER_TICK - 1);
    this.#op(binaryOpcodes['i32.and']);
    this.#op(control.i32Eqz);
    this.#open(control.if, undefined);
    this.#op(control.call);
    this.#code.u32(fn);
    this.#close();
  }

  #open(code: number, label: Label | undefined): void {
    this.#op(code);
    this.#code.byte(noResult);
    this.#labels.push(label);
  }

  #close(): void {
    this.#labels.pop();
    this.#op(control.end);
  }

  #branch(code: number, label: Label): void {
    this.#op(code);
    this.#code.u32(this.#labels.length - 1 - this.#labels.lastIndexOf(label));
  }

  /** One block a case, entered through a jump table, or through comparisons where the values lie far apart. */
  #switch({ selector, cases, otherwise }: Extract<IrStmt, { op: 'switch' }>): void {
    const after: Label = { name: 'switch' };
    const fallback: Label = { name: 'default' };
    const labels = cases.map(({ label }, i): Label => label ?? { name: `case ${i}` });
    this.#open(control.block, after);
    this.#open(control.block, fallback);
    for (const label of [...labels].reverse()) this.#open(control.block, label);
    this.#dispatch(
      selector,
      cases.flatMap(({ values }, i) => values.map((value): [number, Label] => [value, labels[i]])),
      fallback,
    );
    for (const { body } of cases) {
      this.#close();
      this.#statements(body);
      this.#branch(control.br, after);
    }
    this.#close();
    this.#statements(otherwise);
    this.#close();
  }

  #dispatch(selector: Ir, targets: readonly [number, Label][], fallback: Label): void {
    const values = targets.map(([value]) => value);
    const low = Math.min(...values);
    const range = Math.max(...values) - low + 1;
    if (targets.length < 3 || targets.length / range < leastTableDensity) {
      for (const [value, label] of targets) {
        this.#expr(selector);
        this.#op(control.i32Const);
        this.#code.i32(value);
        this.#op(binaryOpcodes['i32.eq']);
        this.#branch(control.brIf, label);
      }
      this.#branch(control.br, fallback);
      return;
    }
    const table: Label[] = Array.from({ length: range }, () => fallback);
    for (const [value, label] of targets) table[value - low] = label;
    this.#expr(selector);
    if (low !== 0) {
      this.#op(control.i32Const);
      this.#code.i32(low);
      this.#op(binaryOpcodes['i32.sub']);
    }
    this.#op(control.brTable);
    this.#code.u32(range);
    const depth = (label: Label) => this.#labels.length - 1 - this.#labels.lastIndexOf(label);
    for (const label of [...table, fallback]) this.#code.u32(depth(label));
  }
}
