import { type CheckedModule, checkModule } from './check/module';
import { CompileError, type Diagnostic, locate, Mistake } from './diagnostics';
import { parseSyntax } from './front';
import { lowerKernel } from './lower/kernel';
import { resolveOverrides } from './lower/overrides';
import type { Fn } from './tree';
import { ConstError } from './values/value';
import { emitScalar } from './wasm/emit';

/** A shader's text, checked. With an error among the diagnostics it cannot be compiled. */
export interface ShaderModule {
  readonly source: string;
  readonly diagnostics: readonly Diagnostic[];
  /** Names of the compute entry points. */
  readonly entryPoints: readonly string[];
}

export interface BindingInfo {
  readonly group: number;
  readonly binding: number;
  readonly type: 'uniform' | 'storage' | 'read-only-storage';
  /** Bytes. */
  readonly minBindingSize: number;
}

/**
 * A compute pipeline's code. The module imports "env"."memory" and exports `run(params, firstWorkgroup, endWorkgroup)`,
 * which executes all invocations of the workgroups [first, end) in linear order x + y * nx + z * nx * ny.
 * `params` is the byte address of u32 words: num_workgroups x, y, z; the byte address of this worker's scratch memory;
 * then for each binding the byte address and byte length of the bound range.
 */
export interface CompiledKernel {
  readonly wasm: Uint8Array;
  readonly workgroupSize: readonly [number, number, number];
  /** The resources that the entry point reaches, by (group, binding). */
  readonly bindings: readonly BindingInfo[];
  /** Bytes of scratch memory a worker needs, at a 16-byte aligned address. */
  readonly scratchBytes: number;
  /** Bytes of `var<workgroup>` the entry point reaches. */
  readonly workgroupBytes: number;
}

export interface CompileOptions {
  /** Override values by name, or by decimal `@id`. */
  readonly constants?: Readonly<Record<string, number>>;
  /** Whether the memory is shared between threads (atomics are then real). */
  readonly sharedMemory: boolean;
  /** The module imports "env"."tick" too, and its loops call it now and then: to end a kernel, it throws. */
  readonly interruptible?: boolean;
}

const checkedModules = new WeakMap<ShaderModule, CheckedModule>();

/** Parses and checks a shader. Mistakes in the source never throw: the diagnostics hold them. */
export function parseModule(source: string): ShaderModule {
  const syntax = parseSyntax(source);
  const diagnostics = [...syntax.diagnostics];
  const hasSyntaxError = diagnostics.some((d) => d.severity === 'error');
  const checked = hasSyntaxError
    ? { functions: [], overrides: [] }
    : checkModule(syntax.root, (message, span) => diagnostics.push(locate(source, span, message)));
  diagnostics.sort((a, b) => a.offset - b.offset);
  const entryPoints = checked.functions.filter((fn) => fn.stage).map((fn) => fn.name);
  const module: ShaderModule = { source, diagnostics, entryPoints };
  checkedModules.set(module, checked);
  return module;
}

/**
 * Compiles an entry point of a module (its only one where no name is given).
 * @throws CompileError with located diagnostics
 */
export function compileKernel(
  module: ShaderModule,
  entryPoint: string | undefined,
  options: CompileOptions,
): CompiledKernel {
  const checked = checkedModules.get(module);
  if (!checked) throw new TypeError('the shader module was not made by parseModule');
  const errors = module.diagnostics.filter((d) => d.severity === 'error');
  if (errors.length) throw new CompileError(errors);
  const entry = findEntry(module, checked, entryPoint);
  try {
    const overrides = resolveOverrides(checked.overrides, options.constants ?? {});
    const { module: ir, bindings, ...rest } = lowerKernel(entry, overrides, options);
    return {
      ...rest,
      wasm: emitScalar(ir, options),
      bindings: bindings.map(({ variable, minBindingSize }) => ({
        group: variable.group!,
        binding: variable.binding!,
        type:
          variable.space === 'uniform'
            ? 'uniform'
            : variable.access === 'read'
              ? 'read-only-storage'
              : 'storage',
        minBindingSize,
      })),
    };
  } catch (error) {
    if (error instanceof Mistake) throw new CompileError([locate(module.source, error.span, error.message)]);
    if (error instanceof ConstError) throw failure(module, entry, error.message);
    throw error;
  }
}

function findEntry(module: ShaderModule, checked: CheckedModule, name: string | undefined): Fn {
  const entries = checked.functions.filter((fn) => fn.stage);
  const found = name === undefined ? entries : entries.filter((fn) => fn.name === name);
  if (found.length === 1) return found[0];
  const what = name === undefined ? 'exactly one compute entry point' : `a compute entry point '${name}'`;
  throw failure(module, { start: 0, end: 0 }, `the shader does not have ${what}`);
}

function failure(
  module: ShaderModule,
  { start, end }: { start: number; end: number },
  message: string,
): CompileError {
  return new CompileError([locate(module.source, { start, end }, message)]);
}
