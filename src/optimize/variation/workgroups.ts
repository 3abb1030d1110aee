import type { Engine, KernelSpec } from '../../gpu';

/** As in the kernels. */
const WORKGROUP = 64;
/** The most workgroups in one dimension that WebGPU promises. */
const MAX_GROUPS = 65535;

/** Genes that an invocation makes, by the kind of engine. */
export const GENES_EACH: Readonly<Record<Engine['kind'], number>> = { webgpu: 1, wasm: 16 };

/** The kernel as each kind of engine builds it. */
export function perEngine(spec: KernelSpec): Readonly<Record<Engine['kind'], KernelSpec>> {
  const specFor = (kind: Engine['kind']) => ({ ...spec, constants: { genes_each: GENES_EACH[kind] } });
  return { webgpu: specFor('webgpu'), wasm: specFor('wasm') };
}

/** Workgroups for so many items, so many of them to an invocation; in two dimensions where one does not do. */
export function workgroupsFor(items: number, each = 1): readonly [number, number] {
  const groups = Math.ceil(items / (WORKGROUP * each));
  const rows = Math.max(1, Math.ceil(groups / MAX_GROUPS));
  return [Math.ceil(groups / rows), rows];
}
