import type { BoundRange } from './bind-group';
import type { WasmBuffer } from './buffer';
import type { WasmComputePipeline } from './compute-pipeline';
import type { WasmDevice } from './device';
import { DeviceObject } from './device-object';

export interface CopyCommand {
  readonly kind: 'copy';
  readonly source: WasmBuffer;
  readonly sourceOffset: number;
  readonly target: WasmBuffer;
  readonly targetOffset: number;
  readonly size: number;
}
export interface ClearCommand {
  readonly kind: 'clear';
  readonly target: WasmBuffer;
  readonly offset: number;
  readonly size: number;
}
export interface DispatchCommand {
  readonly kind: 'dispatch';
  readonly pipeline: WasmComputePipeline;
  /** In the order of the kernel's bindings, dynamic offsets added. */
  readonly ranges: readonly BoundRange[];
  /** Workgroups in x, y and z, or where to read them when the dispatch runs. */
  readonly workgroups: readonly [number, number, number] | { buffer: WasmBuffer; offset: number };
}
/** What an encoder records and a queue carries out. */
export type Command = CopyCommand | ClearCommand | DispatchCommand;

export class WasmCommandBuffer extends DeviceObject implements GPUCommandBuffer {
  declare readonly __brand: 'GPUCommandBuffer';
  readonly commands: readonly Command[];
  /** Every buffer that is used in any way, bound but unread ones included. */
  readonly buffers: ReadonlySet<WasmBuffer>;
  submitted = false;

  constructor(
    device: WasmDevice,
    label: string | undefined,
    commands: readonly Command[],
    buffers: ReadonlySet<WasmBuffer>,
  ) {
    super(device, label);
    this.commands = commands;
    this.buffers = buffers;
  }
}
