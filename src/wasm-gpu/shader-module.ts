import { type Diagnostic, parseModule, type ShaderModule } from '../wgsl';
import type { WasmDevice } from './device';
import { DeviceObject } from './device-object';

export class WasmShaderModule extends DeviceObject implements GPUShaderModule {
  declare readonly __brand: 'GPUShaderModule';
  readonly parsed: ShaderModule;

  constructor(device: WasmDevice, descriptor: GPUShaderModuleDescriptor) {
    super(device, descriptor.label);
    this.parsed = parseModule(String(descriptor.code));
    this.valid = this.errors.length === 0;
  }

  get errors(): Diagnostic[] {
    return this.parsed.diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  }

  async getCompilationInfo(): Promise<GPUCompilationInfo> {
    const messages = this.parsed.diagnostics.map(({ severity, message, line, column, offset, length }) => ({
      type: severity,
      message,
      lineNum: line,
      linePos: column,
      offset,
      length,
    }));
    return { messages } as unknown as GPUCompilationInfo;
  }
}

/** One line for each diagnostic: where it is and what it says. */
export function describe(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(({ line, column, message }) => `${line}:${column}: ${message}`).join('\n');
}
