/**
 * What this implementation lacks: textures, samplers, render pipelines, query sets. The standard has no way to say so
 * but a validation error and an invalid object; these are the invalid objects.
 */

/** An object on which each of `methods` does nothing. Whatever it is passed to finds it invalid. */
export function refusedObject<T>(methods: readonly string[], label = ''): T {
  const nothing = (): undefined => undefined;
  return { label, ...Object.fromEntries(methods.map((method) => [method, nothing])) } as T;
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
