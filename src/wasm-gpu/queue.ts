import { addressesOf } from './bound-ranges';
import { WasmBuffer } from './buffer';
import { type Command, type DispatchCommand, WasmCommandBuffer } from './commands';
import { BufferUsage } from './constants';
import type { WasmDevice } from './device';
import { demandUsable } from './device-object';
import { operationError } from './errors';
import { Immediate, type ImmediateDispatch, type ImmediateQueue, type ImmediateRead } from './immediate';
import { MAX_WORKGROUPS } from './limits';
import { Timeline } from './timeline';
import { demand, enforceRange } from './validation';

export class WasmQueue implements GPUQueue, ImmediateQueue {
  declare readonly __brand: 'GPUQueue';
  label: string;
  readonly #device: WasmDevice;
  readonly #timeline: Timeline;
  readonly #immediate: Immediate;

  constructor(device: WasmDevice, label = '') {
    this.#device = device;
    this.#immediate = new Immediate(device);
    this.label = label;
    this.#timeline = new Timeline(() => device.executor.startTurn());
  }

  submit(commandBuffers: Iterable<GPUCommandBuffer>): undefined {
    const device = this.#device;
    const given = [...commandBuffers];
    const valid = device.attempt('submit', () => {
      demand(new Set(given).size === given.length, 'a command buffer is given twice');
      for (const commandBuffer of given) {
        const { label, submitted, buffers } = demandUsable(commandBuffer, WasmCommandBuffer, device);
        demand(!submitted, `command buffer "${label}" was submitted before`);
        for (const { obstacle } of buffers) demand(obstacle === undefined, obstacle ?? '');
      }
    });
    const ours = given as WasmCommandBuffer[];
    for (const commandBuffer of ours) commandBuffer.submitted = true;
    if (!valid || device.isLost) return;
    this.#timeline.append(
      ...ours.flatMap(({ commands }) => commands.map((command) => () => this.#perform(command))),
    );
  }

  runNow(
    dispatches: readonly ImmediateDispatch[],
    reads: readonly ImmediateRead[],
  ): Uint32Array[] | undefined {
    if (!this.#timeline.idle) return undefined;
    this.#device.executor.startTurn();
    return this.#immediate.run(dispatches, reads);
  }

  writeBuffer(
    buffer: GPUBuffer,
    bufferOffset: number,
    data: AllowSharedBufferSource,
    dataOffset = 0,
    size?: number,
  ): undefined {
    const offset = enforceRange(bufferOffset, 'bufferOffset');
    const bytes = sourceBytes(data, dataOffset, size);
    const device = this.#device;
    const valid = device.attempt('writeBuffer', () => {
      const target = demandUsable(buffer, WasmBuffer, device);
      demand(target.obstacle === undefined, target.obstacle ?? '');
      demand((target.usage & BufferUsage.COPY_DST) !== 0, `buffer "${target.label}" lacks usage COPY_DST`);
      demand(offset % 4 === 0, `offset ${offset} is not a multiple of 4`);
      demand(
        offset + bytes.length <= target.size,
        `bytes ${offset}..${offset + bytes.length} are outside the ${target.size} bytes of buffer "${target.label}"`,
      );
    });
    if (!valid || device.isLost) return;
    // The caller may change its data as soon as this returns, so what has to wait is copied.
    const source = this.#timeline.idle ? bytes : bytes.slice();
    // The step holds on to the buffer, so that its memory is not given to another one meanwhile.
    const target = buffer as WasmBuffer;
    this.#timeline.append(() => void device.memory.bytes.set(source, target.address! + offset));
  }

  onSubmittedWorkDone(): Promise<undefined> {
    return new Promise((resolve) => this.whenDone(() => resolve(undefined)));
  }

  /** Calls back, never at once, when all that was submitted so far is done or the device is lost. */
  whenDone(callback: (lost: boolean) => void): void {
    if (this.#device.isLost) queueMicrotask(() => callback(true));
    else this.#timeline.whenReached(callback);
  }

  /** Does `work` once all that was submitted so far is done; never, if the device is lost first. */
  afterSubmitted(work: () => void): void {
    this.#timeline.append(work);
  }

  /** Drops all that has not run. */
  abandon(): void {
    this.#timeline.abandon();
  }

  writeTexture(): undefined {
    this.#device.refuse('writeTexture', 'textures');
  }

  copyExternalImageToTexture(): undefined {
    this.#device.refuse('copyExternalImageToTexture', 'textures');
  }

  #perform(command: Command): Promise<void> | void {
    const { bytes } = this.#device.memory;
    if (command.kind === 'dispatch') return this.#dispatch(command);
    const target = command.target.address!;
    if (command.kind === 'clear') {
      bytes.fill(0, target + command.offset, target + command.offset + command.size);
    } else {
      const from = command.source.address! + command.sourceOffset;
      bytes.copyWithin(target + command.targetOffset, from, from + command.size);
    }
  }

  #dispatch({ pipeline, ranges, workgroups }: DispatchCommand): Promise<void> | undefined {
    const counts = 'buffer' in workgroups ? this.#readCounts(workgroups) : workgroups;
    if (counts[0] * counts[1] * counts[2] > MAX_WORKGROUPS) {
      this.#device.report(
        'internal',
        `a dispatch of ${counts.join(' x ')} workgroups is above 2^31 - 1 in all`,
      );
      return undefined;
    }
    return this.#device.execute({
      kernel: pipeline.kernel!,
      workgroups: counts,
      ranges: addressesOf(ranges),
    });
  }

  /** The workgroup counts of an indirect dispatch; counts above the limit make it do nothing, as the standard says. */
  #readCounts({ buffer, offset }: { buffer: WasmBuffer; offset: number }): [number, number, number] {
    const { memory, limits } = this.#device;
    const [x, y, z] = new Uint32Array(memory.wasm.buffer, buffer.address! + offset, 3);
    return Math.max(x, y, z) > limits.maxComputeWorkgroupsPerDimension ? [0, 0, 0] : [x, y, z];
  }
}

/**
 * The bytes that `writeBuffer` is to write. Offset and size count elements of a typed array, else bytes.
 * @throws OperationError when they do not lie within `data` or are not a multiple of 4 bytes
 */
function sourceBytes(data: AllowSharedBufferSource, dataOffset: number, size?: number): Uint8Array {
  const isView = ArrayBuffer.isView(data);
  const unit = isView && 'BYTES_PER_ELEMENT' in data ? (data.BYTES_PER_ELEMENT as number) : 1;
  const start = enforceRange(dataOffset, 'dataOffset') * unit;
  const length = size === undefined ? data.byteLength - start : enforceRange(size, 'size') * unit;
  if (length < 0 || start + length > data.byteLength)
    throw operationError(
      `writeBuffer: bytes ${start}..${start + length} are outside the ${data.byteLength} bytes of data`,
    );
  if (length % 4 !== 0) throw operationError(`writeBuffer: ${length} bytes are not a multiple of 4`);
  return isView
    ? new Uint8Array(data.buffer, data.byteOffset + start, length)
    : new Uint8Array(data, start, length);
}
