import { type ShaderDiagnostic, ShaderError } from '../gpu';
import type { LinkError, LinkedShader } from '../wgsl';

/** How the linker calls the main text. */
export const MAIN = './main.wesl';

const SIGNATURE = 'fn evaluate(c: Candidate, e: Episode) -> Score';

/**
 * The error of an assembled fitness in terms of the text that the user wrote, which stands first in it. What is wrong
 * beyond that text is how the rest calls it.
 */
export function inUserText(error: ShaderError, label: string, wgsl: string): ShaderError {
  const lines = wgsl.split('\n').length;
  const own = error.diagnostics.filter(({ line }) => line <= lines);
  if (own.length > 0) return new ShaderError(label, wgsl, own, error.message);
  const first = error.diagnostics[0]?.message ?? error.message;
  return new ShaderError(
    label,
    wgsl,
    [],
    `the text must define \`${SIGNATURE}\`, and none of the names around it: ${first}`,
  );
}

/** Undoes the linking of modules: the diagnostics of the text where the first one lies, in its own lines. */
export function beforeLinking(
  error: ShaderError,
  label: string,
  { code, originOf }: LinkedShader,
): ShaderError {
  const starts = [0];
  for (const { index } of code.matchAll(/\n/g)) starts.push(index + 1);
  const placed = error.diagnostics.map(({ line, column, message }) => ({
    message,
    origin: originOf(starts[line - 1] + column - 1),
  }));
  if (placed.length === 0) return error;
  const { path, text } = placed[0].origin;
  const diagnostics = placed
    .filter(({ origin }) => origin.text === text)
    .map(({ message, origin }): ShaderDiagnostic => {
      const before = text.slice(0, origin.offset);
      const line = before.split('\n').length;
      return { line, column: origin.offset - before.lastIndexOf('\n'), message };
    });
  return new ShaderError(labelOf(label, path), text, diagnostics, error.message);
}

/** What linking found, as an error of the text where it is. */
export function whileLinking(
  { message, path, line, column }: LinkError,
  label: string,
  texts: Readonly<Record<string, string>>,
): ShaderError {
  const text = Object.entries(texts).find(([name]) => isSame(name, path))?.[1] ?? '';
  return new ShaderError(labelOf(label, path), text, [{ line, column, message }], message);
}

function isSame(name: string, path: string): boolean {
  return path.endsWith(name.replace(/^\.\//, ''));
}

function labelOf(label: string, path: string): string {
  return isSame(MAIN, path) ? label : `${label} ${path}`;
}
