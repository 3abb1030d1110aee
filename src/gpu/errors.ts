/** The device is gone: driver reset, watchdog, unplugged, or destroyed. `Engine.replay` recovers from it. */
export class DeviceLostError extends Error {
  override readonly name = 'DeviceLostError';
}

/**
 * A kernel ran longer than its `timeLimitMs`, a loop that never ends perhaps. The device went with it; `Engine.replay`
 * opens another, and does not run the work again.
 */
export class KernelTimeoutError extends Error {
  override readonly name = 'KernelTimeoutError';

  constructor(label: string, timeLimitMs: number) {
    super(
      `kernel ${label} ran longer than its limit of ${timeLimitMs} ms and was stopped; does one of its loops never end?`,
    );
  }
}

/** A mistake in a shader, located in its text; line and column count from 1, columns in UTF-16 units. */
export interface ShaderDiagnostic {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A shader that did not compile, or could not become a pipeline. */
export class ShaderError extends Error {
  override readonly name = 'ShaderError';
  readonly label: string;
  readonly diagnostics: readonly ShaderDiagnostic[];

  constructor(label: string, code: string, diagnostics: readonly ShaderDiagnostic[], otherwise: string) {
    super(
      diagnostics.length > 0
        ? diagnostics.map((diagnostic) => describe(label, code, diagnostic)).join('\n')
        : `${label}: ${otherwise}`,
    );
    this.label = label;
    this.diagnostics = diagnostics;
  }
}

/** `label:line:column: message`, the line of source, and a caret under the column. */
function describe(label: string, code: string, { line, column, message }: ShaderDiagnostic): string {
  const source = code.split(/\r?\n/)[line - 1] ?? '';
  // Tabs are kept in the margin so that the caret stays under its character.
  const margin = source.slice(0, Math.max(column - 1, 0)).replace(/[^\t]/g, ' ');
  return `${label}:${line}:${column}: ${message}\n  ${source}\n  ${margin}^`;
}
