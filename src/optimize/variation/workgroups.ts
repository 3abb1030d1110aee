/** As in the kernels. */
const WORKGROUP = 64;
/** The most workgroups in one dimension that WebGPU promises. */
const MAX_GROUPS = 65535;

/** Workgroups for so many invocations, in two dimensions where one does not do. */
export function workgroupsFor(invocations: number): readonly [number, number] {
  const groups = Math.ceil(invocations / WORKGROUP);
  const rows = Math.max(1, Math.ceil(groups / MAX_GROUPS));
  return [Math.ceil(groups / rows), rows];
}
