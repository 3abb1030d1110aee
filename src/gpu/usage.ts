/** Values of the standard's `GPUBufferUsage` and `GPUMapMode`, which Node does not define as globals. */

export const MAP_READ = 0x0001;
export const COPY_SRC = 0x0004;
export const COPY_DST = 0x0008;
export const UNIFORM = 0x0040;
export const STORAGE = 0x0080;
export const MAP_MODE_READ = 0x0001;

/** What every buffer of an engine may serve as: kernels bind it, the host writes it and reads it back. */
export const KERNEL_BUFFER = STORAGE | UNIFORM | COPY_SRC | COPY_DST;
