import type { WasmBuffer } from './buffer';
import { BufferUsage } from './constants';
import { demand } from './validation';

/** Demands that a range, in bytes, may be copied from a buffer. @throws RuleBroken */
export function demandCopySource(buffer: WasmBuffer, offset: number, size: number): void {
  demand((buffer.usage & BufferUsage.COPY_SRC) !== 0, `source "${buffer.label}" lacks usage COPY_SRC`);
  demandRange('source', buffer, offset, size);
}

/** Demands that a range, in bytes, may be copied to a buffer. @throws RuleBroken */
export function demandCopyTarget(buffer: WasmBuffer, offset: number, size: number): void {
  demand((buffer.usage & BufferUsage.COPY_DST) !== 0, `destination "${buffer.label}" lacks usage COPY_DST`);
  demandRange('destination', buffer, offset, size);
}

function demandRange(what: string, buffer: WasmBuffer, offset: number, size: number): void {
  demand(
    offset % 4 === 0 && size % 4 === 0,
    `${what} range ${offset}..${offset + size} is not in multiples of 4`,
  );
  demand(
    offset >= 0 && size >= 0 && offset + size <= buffer.size,
    `${what} range ${offset}..${offset + size} is outside the ${buffer.size} bytes of buffer "${buffer.label}"`,
  );
}
