import type { ImmediateQueue } from '../../wasm-gpu';

/** What a GPU was asked for, and its newest device, for tests that count or break things. */
export interface Observed {
  readonly gpu: GPU;
  readonly counts: { devices: number; buffers: number; pipelines: number; submits: number };
  /** How many of the submits ran at once, without a recording. */
  immediate(): number;
  device(): GPUDevice;
}

/**
 * A GPU that counts what is created on its devices and passes everything on. `mayOpen` false: it has no
 * adapter any more.
 */
export function observe(gpu: GPU, mayOpen: (devices: number) => boolean = () => true): Observed {
  const counts = { devices: 0, buffers: 0, pipelines: 0, submits: 0 };
  let newest: GPUDevice | undefined;
  let immediate = 0;

  function watch(device: GPUDevice): GPUDevice {
    counts.devices++;
    newest = device;
    const { createBuffer, createComputePipelineAsync } = device;
    device.createBuffer = (descriptor) => {
      counts.buffers++;
      return createBuffer.call(device, descriptor);
    };
    device.createComputePipelineAsync = (descriptor) => {
      counts.pipelines++;
      return createComputePipelineAsync.call(device, descriptor);
    };
    const queue: GPUQueue & Partial<ImmediateQueue> = device.queue;
    const { submit, runNow } = queue;
    queue.submit = (buffers) => {
      counts.submits++;
      submit.call(queue, buffers);
    };
    if (runNow)
      queue.runNow = (...work) => {
        const results = runNow.apply(queue, work);
        if (results) {
          counts.submits++;
          immediate++;
        }
        return results;
      };
    return device;
  }

  return {
    counts,
    device: () => newest!,
    immediate: () => immediate,
    gpu: {
      async requestAdapter(options?: GPURequestAdapterOptions) {
        if (!mayOpen(counts.devices)) return null;
        const adapter = await gpu.requestAdapter(options);
        if (!adapter) return null;
        const { requestDevice } = adapter;
        adapter.requestDevice = async (descriptor) => watch(await requestDevice.call(adapter, descriptor));
        return adapter;
      },
    } as GPU,
  };
}
