/**
 * WGSL compute shaders to WebAssembly.
 *
 * ```
 *   text --front.ts--> syntax tree --check/--> typed tree --lower/--> IR --wasm/--> WebAssembly
 *          (wesl)                  (tree.ts)              (ir/)
 * ```
 * - `front.ts`    the only user of `wesl`: parser and linker.
 * - `check/`      names, types, overloads, const evaluation, and every rule whose breach is an error: the typed tree
 *                 (`tree.ts`) has no implicit conversion left and a value on every const-expression.
 * - `values/`     constants: literals, operators, builtins, exact abstract integers, rounding to f32.
 * - `algebra.ts`, `builtins.ts`  operators and builtins on vectors and matrices, written once over an algebra of
 *                 scalars; const evaluation and lowering are its two instances.
 * - `lower/`      typed tree to IR: vectors, matrices and structs become scalars in locals; arrays that are indexed at
 *                 run time get a fixed place in scratch memory (nothing recurses, so there is no stack); pointers to
 *                 locals become in-out values; indices are clamped; small and once-called functions are inlined.
 * - `prelude.wgsl`  the builtins that are more than an instruction or two, in WGSL.
 * - `ir/`         structured, scalar, typed; knows nothing of WebAssembly, so that a masked-SIMD emitter can stand
 *                 beside the scalar one. `optimize.ts` lists the passes over it: private variables in locals
 *                 (`private-locals.ts`), assignments and copies that nobody needs away (`unread.ts`, `copies.ts`), temporaries
 *                 at their use (`forward.ts`), branches where an outcome is found (`outcomes.ts`), state machines whose
 *                 states branch into each other (`thread.ts`), constants of addresses in offsets, by proven ranges
 *                 (`addresses.ts`), two words compared as one number (`pairs.ts`), what a loop does not change before it
 *                 (`invariants.ts`).
 * - `wasm/`       the scalar emitter, its choice of instructions (`parts.ts`) and the binary encoder.
 *
 * Mistakes and constructs that are not supported become diagnostics with line, column and the construct's name.
 */
export type { BindingInfo, CompiledKernel, CompileOptions, ShaderModule } from './compile';
export { compileKernel, parseModule } from './compile';
export { CompileError, type Diagnostic } from './diagnostics';
export {
  LinkError,
  type LinkedShader,
  type LinkOptions,
  linkShader,
  linkWithOrigins,
  type Origin,
} from './front';
