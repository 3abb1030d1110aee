/**
 * Errors in the standard's forms. Where the host has the standard's own classes (a browser with WebGPU), errors are made
 * of those, so that `error instanceof GPUValidationError` holds for whichever GPU a page ended up with.
 */

class DeviceError {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}
class ValidationErrorClass extends DeviceError {}
class OutOfMemoryErrorClass extends DeviceError {}
class InternalErrorClass extends DeviceError {}

class PipelineErrorClass extends DOMException {
  readonly reason: GPUPipelineErrorReason;
  constructor(message = '', options: GPUPipelineErrorInit) {
    super(message, 'GPUPipelineError');
    this.reason = options.reason;
  }
}

class UncapturedErrorEventClass extends Event {
  readonly error: GPUError;
  constructor(type: string, init: GPUUncapturedErrorEventInit) {
    super(type, init);
    this.error = init.error;
  }
}

type ErrorClass<E> = new (message: string) => E;

const host = globalThis as {
  GPUError?: unknown;
  GPUValidationError?: ErrorClass<GPUValidationError>;
  GPUOutOfMemoryError?: ErrorClass<GPUOutOfMemoryError>;
  GPUInternalError?: ErrorClass<GPUInternalError>;
  GPUPipelineError?: typeof GPUPipelineError;
  GPUUncapturedErrorEvent?: typeof GPUUncapturedErrorEvent;
};

export const BaseError = host.GPUError ?? DeviceError;
export const ValidationError =
  host.GPUValidationError ?? (ValidationErrorClass as unknown as ErrorClass<GPUValidationError>);
export const OutOfMemoryError =
  host.GPUOutOfMemoryError ?? (OutOfMemoryErrorClass as unknown as ErrorClass<GPUOutOfMemoryError>);
export const InternalError =
  host.GPUInternalError ?? (InternalErrorClass as unknown as ErrorClass<GPUInternalError>);
export const PipelineError =
  host.GPUPipelineError ?? (PipelineErrorClass as unknown as typeof GPUPipelineError);
export const UncapturedErrorEvent =
  host.GPUUncapturedErrorEvent ?? (UncapturedErrorEventClass as unknown as typeof GPUUncapturedErrorEvent);

/** What the standard throws at once, as opposed to reporting it to an error scope. */
export function operationError(message: string): DOMException {
  return new DOMException(message, 'OperationError');
}

/** A map that did not come to be because its buffer was unmapped or its device lost. */
export function abortError(message: string): DOMException {
  return new DOMException(message, 'AbortError');
}
