import { Bytes } from './bytes';

/** Builds a WebAssembly module, binary format 1 with bulk memory, multi-value and (when shared) threads. */
export type ValueType = 'i32' | 'i64' | 'f32';
export const valueTypes: Record<ValueType, number> = { i32: 0x7f, i64: 0x7e, f32: 0x7d };

const section = { type: 1, import: 2, function: 3, global: 6, export: 7, code: 10, data: 11, dataCount: 12 };
const largestMemoryPages = 65536;

interface FunctionBody {
  readonly type: number;
  /** Locals beyond the parameters. */
  readonly locals: readonly ValueType[];
  readonly code: Uint8Array;
}

export class ModuleBuilder {
  readonly #types: string[] = [];
  readonly #typeBytes: Uint8Array[] = [];
  readonly #functions: FunctionBody[] = [];
  readonly #exports: [string, number][] = [];
  readonly #globals: ValueType[] = [];
  readonly #data: Uint8Array[] = [];
  #sharedMemory = false;
  readonly #imports: [name: string, type: number][] = [];

  /** Index of a function type, made once. */
  type(params: readonly ValueType[], results: readonly ValueType[]): number {
    const key = `${params}>${results}`;
    const known = this.#types.indexOf(key);
    if (known >= 0) return known;
    const bytes = new Bytes();
    bytes.byte(0x60);
    for (const list of [params, results]) bytes.sized(Uint8Array.from(list, (type) => valueTypes[type]));
    this.#typeBytes.push(bytes.finish());
    return this.#types.push(key) - 1;
  }

  /** Imports "env"."memory". */
  importMemory(shared: boolean): void {
    this.#sharedMemory = shared;
  }

  /** Imports "env".name; before any function is added. @returns the function's index */
  importFunction(name: string, type: number): number {
    return this.#imports.push([name, type]) - 1;
  }

  /** @returns the function's index */
  addFunction(body: FunctionBody): number {
    return this.#imports.length + this.#functions.push(body) - 1;
  }

  /** A mutable global that begins at zero. @returns its index */
  addGlobal(type: ValueType): number {
    return this.#globals.push(type) - 1;
  }

  /** A passive data segment. @returns its index */
  addData(bytes: Uint8Array): number {
    return this.#data.push(bytes) - 1;
  }

  exportFunction(name: string, index: number): void {
    this.#exports.push([name, index]);
  }

  finish(): Uint8Array {
    const out = new Bytes();
    out.append(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    const put = (id: number, count: number, write: (bytes: Bytes) => void) => {
      const bytes = new Bytes();
      bytes.u32(count);
      write(bytes);
      out.byte(id);
      out.sized(bytes.finish());
    };
    put(section.type, this.#typeBytes.length, (b) => this.#typeBytes.forEach((type) => b.append(type)));
    put(section.import, 1 + this.#imports.length, (b) => {
      this.#writeMemoryImport(b);
      this.#writeFunctionImports(b);
    });
    put(section.function, this.#functions.length, (b) => this.#functions.forEach((f) => b.u32(f.type)));
    if (this.#globals.length) put(section.global, this.#globals.length, (b) => this.#writeGlobals(b));
    put(section.export, this.#exports.length, (b) => this.#writeExports(b));
    if (this.#data.length) {
      out.byte(section.dataCount);
      const count = new Bytes();
      count.u32(this.#data.length);
      out.sized(count.finish());
    }
    put(section.code, this.#functions.length, (b) => this.#functions.forEach((f) => b.sized(encodeBody(f))));
    if (this.#data.length) put(section.data, this.#data.length, (b) => this.#writeData(b));
    return out.finish();
  }

  #writeMemoryImport(bytes: Bytes): void {
    bytes.name('env');
    bytes.name('memory');
    bytes.byte(2);
    bytes.byte(this.#sharedMemory ? 3 : 0);
    bytes.u32(1);
    if (this.#sharedMemory) bytes.u32(largestMemoryPages);
  }

  #writeFunctionImports(bytes: Bytes): void {
    for (const [name, type] of this.#imports) {
      bytes.name('env');
      bytes.name(name);
      bytes.byte(0);
      bytes.u32(type);
    }
  }

  #writeGlobals(bytes: Bytes): void {
    for (const type of this.#globals) {
      bytes.byte(valueTypes[type]);
      bytes.byte(1);
      bytes.byte(type === 'i32' ? 0x41 : 0x43);
      if (type === 'i32') bytes.i32(0);
      else bytes.f32(0);
      bytes.byte(0x0b);
    }
  }

  #writeExports(bytes: Bytes): void {
    for (const [name, index] of this.#exports) {
      bytes.name(name);
      bytes.byte(0);
      bytes.u32(index);
    }
  }

  #writeData(bytes: Bytes): void {
    for (const data of this.#data) {
      bytes.byte(1);
      bytes.sized(data);
    }
  }
}

/** Locals in runs of one type, then the code and its end. */
function encodeBody({ locals, code }: FunctionBody): Uint8Array {
  const runs: [number, ValueType][] = [];
  for (const type of locals) {
    const last = runs[runs.length - 1];
    if (last?.[1] === type) last[0]++;
    else runs.push([1, type]);
  }
  const bytes = new Bytes();
  bytes.u32(runs.length);
  for (const [count, type] of runs) {
    bytes.u32(count);
    bytes.byte(valueTypes[type]);
  }
  bytes.append(code);
  bytes.byte(0x0b);
  return bytes.finish();
}
