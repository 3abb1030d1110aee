import { isNode } from './dawn';

/** What Dawn would open, or why it opens nothing. */
export type Probed = { readonly adapter: Pick<GPUAdapter, 'info'> } | { readonly absence: string };

/** Runs in the probe's own process; prints one line of JSON. */
const SCRIPT = `
const { create } = await import(process.argv[1]);
globalThis.gpu = create([]);
const adapter = await gpu.requestAdapter({ powerPreference: process.argv[2] });
const { vendor, architecture, device, description, isFallbackAdapter } = adapter?.info ?? {};
const info = { vendor, architecture, device, description, isFallbackAdapter };
console.log(JSON.stringify(adapter ? { adapter: { info } } : { absence: 'no adapter was found' }));
process.exit(0);
`;

const LONGEST_PROBE_MS = 10_000;

/**
 * Asks a short-lived process for the adapter that Dawn finds: a driver that crashes takes the probe with it and not the
 * run, and what the native loaders print of their search stays out of the user's terminal. Undefined where no
 * process can be started; the caller then asks Dawn itself.
 */
export async function probeDawn(powerPreference: GPUPowerPreference): Promise<Probed | undefined> {
  const childProcess = isNode() ? process.getBuiltinModule?.('node:child_process') : undefined;
  if (!childProcess || typeof import.meta.resolve !== 'function') return undefined;
  const args = ['--input-type=module', '-e', SCRIPT, import.meta.resolve('webgpu'), powerPreference];
  return new Promise((done) => {
    childProcess.execFile(process.execPath, args, { timeout: LONGEST_PROBE_MS }, (error, output) =>
      done(error ? { absence: 'Dawn could not be started' } : JSON.parse(output)),
    );
  });
}
