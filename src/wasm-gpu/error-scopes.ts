import {
  InternalError,
  OutOfMemoryError,
  operationError,
  UncapturedErrorEvent,
  ValidationError,
} from './errors';

interface Scope {
  readonly filter: GPUErrorFilter;
  error: GPUError | null;
}

const classes = { validation: ValidationError, 'out-of-memory': OutOfMemoryError, internal: InternalError };

/** A device's stack of error scopes: each error goes to the innermost scope that wants its kind, else to the device's event. */
export class ErrorScopes {
  readonly #scopes: Scope[] = [];
  readonly #device: EventTarget;

  constructor(device: EventTarget) {
    this.#device = device;
  }

  push(filter: GPUErrorFilter): void {
    if (!(filter in classes)) throw new TypeError(`"${filter}" is no GPUErrorFilter`);
    this.#scopes.push({ filter, error: null });
  }

  /** The first error that the innermost scope caught, or null. @throws OperationError when no scope is open */
  pop(): GPUError | null {
    const scope = this.#scopes.pop();
    if (!scope) throw operationError('popErrorScope: no error scope is open');
    return scope.error;
  }

  /** Reports an error of `kind`. A scope keeps the first error that it catches and swallows the rest. */
  report(kind: GPUErrorFilter, message: string): void {
    const error = new classes[kind](message);
    const scope = this.#scopes.findLast((candidate) => candidate.filter === kind);
    if (scope) scope.error ??= error;
    else this.#dispatch(error);
  }

  #dispatch(error: GPUError): void {
    const event = new UncapturedErrorEvent('uncapturederror', { error, cancelable: true });
    // An error nobody caught must be seen, but it is told on the queue's own time, not inside the call that caused it.
    queueMicrotask(() => {
      if (this.#device.dispatchEvent(event)) console.warn(`WebGPU (WebAssembly): ${error.message}`);
    });
  }
}
