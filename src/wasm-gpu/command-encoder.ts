import { WasmBuffer } from './buffer';
import { type Command, WasmCommandBuffer } from './commands';
import { WasmComputePass } from './compute-pass';
import { demandCopySource, demandCopyTarget } from './copy-ranges';
import { demandUsable } from './device-object';
import { Encoder } from './encoder';
import { refusedObject, refusedRenderPassMethods } from './refused';
import { demand, enforceRange } from './validation';

export class WasmCommandEncoder extends Encoder implements GPUCommandEncoder {
  declare readonly __brand: 'GPUCommandEncoder';
  readonly #commands: Command[] = [];
  readonly #buffers = new Set<WasmBuffer>();

  /** Adds a command on behalf of a pass. */
  append(command: Command): void {
    this.#commands.push(command);
  }

  /** Notes that a submit will use `buffer`. */
  use(buffer: WasmBuffer): void {
    this.#buffers.add(buffer);
  }

  /** Unlocks the encoder, and takes over what went wrong in the pass. */
  passEnded(pass: Encoder): void {
    this.locked = false;
    this.failure ??= pass.failure;
  }

  beginComputePass(descriptor: GPUComputePassDescriptor = {}): WasmComputePass {
    const pass = new WasmComputePass(this, descriptor.label);
    pass.failure = 'the pass was begun in an encoder that takes no commands';
    this.record('beginComputePass', () => {
      demand(!descriptor.timestampWrites, 'timestampWrites are not supported (no query sets)');
      pass.failure = undefined;
      this.locked = true;
    });
    return pass;
  }

  copyBufferToBuffer(
    source: GPUBuffer,
    ...rest:
      | [target: GPUBuffer, size?: number]
      | [sourceOffset: number, target: GPUBuffer, targetOffset: number, size?: number]
  ): undefined {
    const long = typeof rest[0] === 'number' || rest.length > 2;
    const [from, to, at, length] = (long ? rest : [0, rest[0], 0, rest[1]]) as [
      number,
      GPUBuffer,
      number,
      number?,
    ];
    const sourceOffset = enforceRange(from, 'sourceOffset');
    const targetOffset = enforceRange(at, 'destinationOffset');
    this.record('copyBufferToBuffer', () => {
      const copySource = demandUsable(source, WasmBuffer, this.device);
      const target = demandUsable(to, WasmBuffer, this.device);
      const size = length ?? copySource.size - sourceOffset;
      demand(copySource !== target, 'source and destination are the same buffer');
      demandCopySource(copySource, sourceOffset, size);
      demandCopyTarget(target, targetOffset, size);
      this.use(copySource);
      this.use(target);
      this.append({ kind: 'copy', source: copySource, sourceOffset, target, targetOffset, size });
    });
  }

  clearBuffer(buffer: GPUBuffer, offset = 0, size?: number): undefined {
    const start = enforceRange(offset, 'offset');
    this.record('clearBuffer', () => {
      const target = demandUsable(buffer, WasmBuffer, this.device);
      const length = size ?? target.size - start;
      demandCopyTarget(target, start, length);
      this.use(target);
      this.append({ kind: 'clear', target, offset: start, size: length });
    });
  }

  finish(descriptor: GPUCommandBufferDescriptor = {}): WasmCommandBuffer {
    const valid = this.device.attempt(`finish of encoder "${this.label}"`, () => {
      demand(!this.ended, 'the encoder has finished already');
      this.ended = true;
      demand(!this.locked, 'a pass is still open');
      demand(this.failure === undefined, this.failure ?? '');
      this.demandClosedGroups();
    });
    const commandBuffer = new WasmCommandBuffer(this.device, descriptor.label, this.#commands, this.#buffers);
    commandBuffer.valid = valid;
    return commandBuffer;
  }

  beginRenderPass(_descriptor: GPURenderPassDescriptor): GPURenderPassEncoder {
    this.#refuse('beginRenderPass', 'render passes');
    return refusedObject<GPURenderPassEncoder>(refusedRenderPassMethods);
  }

  copyBufferToTexture(): undefined {
    this.#refuse('copyBufferToTexture', 'textures');
  }

  copyTextureToBuffer(): undefined {
    this.#refuse('copyTextureToBuffer', 'textures');
  }

  copyTextureToTexture(): undefined {
    this.#refuse('copyTextureToTexture', 'textures');
  }

  resolveQuerySet(): undefined {
    this.#refuse('resolveQuerySet', 'query sets');
  }

  writeTimestamp(): undefined {
    this.#refuse('writeTimestamp', 'query sets');
  }

  #refuse(what: string, lacking: string): void {
    this.record(what, () => demand(false, `${lacking} are not supported (compute with buffers only)`));
  }
}
