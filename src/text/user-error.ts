/** A place in a text that the user wrote. Line and column count from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The way to the value inside the document, e.g. `services.cart.operations.get`. */
  readonly path?: string;
}

/**
 * A mistake in the user's input, told as one line: where it is, what is wrong and how to mend it. The command line
 * prints it without a stack.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly what: string;
  readonly mend: string;
  readonly location?: Location;

  constructor(what: string, mend: string, location?: Location) {
    super(describe(what, mend, location));
    this.what = what;
    this.mend = mend;
    this.location = location;
  }

  /** `file:line:column: path: what is wrong; the mend`. */
  override toString(): string {
    return this.message;
  }
}

function describe(what: string, mend: string, location: Location | undefined): string {
  const place = location ? `${location.file}:${location.line}:${location.column}: ` : '';
  const path = location?.path ? `${location.path}: ` : '';
  return `${place}${path}${what}; ${mend}`;
}
