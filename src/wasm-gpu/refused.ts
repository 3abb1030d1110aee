/**
 * What this implementation lacks: textures, samplers, render pipelines, query sets. The standard has no way to say so
 * but a validation error and an invalid object; these are the invalid objects.
 */

/** Stands for an object that could not be made. Whatever it is passed to finds it invalid. */
export class Refused {
  label: string;
  constructor(label = '') {
    this.label = label;
  }
}

/** A refused object on which each of `methods` does nothing. */
export function refusedObject<T>(methods: readonly string[], label?: string): T {
  const nothing = (): undefined => undefined;
  return Object.assign(
    new Refused(label),
    Object.fromEntries(methods.map((method) => [method, nothing])),
  ) as T;
}

/** A texture whose views are refused too. */
export function refusedTexture(label?: string): GPUTexture {
  const texture = refusedObject<GPUTexture>(['destroy'], label);
  return Object.assign(texture, { createView: () => refusedObject<GPUTextureView>([]) });
}

/** A render pipeline that has no layouts to give. */
export function refusedRenderPipeline(label?: string): GPURenderPipeline {
  const pipeline = refusedObject<GPURenderPipeline>([], label);
  return Object.assign(pipeline, { getBindGroupLayout: () => refusedObject<GPUBindGroupLayout>([]) });
}

const drawMethods = [
  'setPipeline',
  'setIndexBuffer',
  'setVertexBuffer',
  'setBindGroup',
  'draw',
  'drawIndexed',
  'drawIndirect',
  'drawIndexedIndirect',
  'pushDebugGroup',
  'popDebugGroup',
  'insertDebugMarker',
];

export const refusedRenderPassMethods = [
  ...drawMethods,
  'setViewport',
  'setScissorRect',
  'setBlendConstant',
  'setStencilReference',
  'beginOcclusionQuery',
  'endOcclusionQuery',
  'executeBundles',
  'end',
];

export const refusedRenderBundleMethods = [...drawMethods, 'finish'];
