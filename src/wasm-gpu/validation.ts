/** Checks of the standard's validation rules. A broken rule travels as an exception as far as the API's boundary. */

/** A broken validation rule; the device turns it into a `GPUValidationError`. It never leaves this room. */
export class RuleBroken extends Error {}

/** Demands a validation rule. @throws RuleBroken with `message` when it does not hold */
export function demand(condition: boolean, message: string | (() => string)): asserts condition {
  if (!condition) throw new RuleBroken(typeof message === 'string' ? message : message());
}

/** The rule that `check` breaks, in words, or undefined if it breaks none. Other exceptions pass through. */
export function brokenRule(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof RuleBroken) return error.message;
    throw error;
  }
}

/**
 * WebIDL's `[EnforceRange]` conversion: an integer in 0..`max`, fractions cut off.
 * @throws TypeError otherwise, as a browser does before any validation
 */
export function enforceRange(value: number, name: string, max = Number.MAX_SAFE_INTEGER): number {
  const integer = Math.trunc(Number(value));
  if (!(integer >= 0 && integer <= max)) throw new TypeError(`${name} must be in 0..${max}, not ${value}`);
  return integer;
}

export const MAX_U32 = 0xffff_ffff;
