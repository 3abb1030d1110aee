import { DeviceObject } from './device-object';
import { brokenRule, demand } from './validation';

/**
 * What command and pass encoders share. A broken rule makes an encoder invalid, which `finish` reports; only the use of
 * one that has ended is reported at once.
 */
export abstract class Encoder extends DeviceObject {
  /** The first rule that was broken. */
  failure: string | undefined;
  protected ended = false;
  /** Set while a pass is open: the command encoder takes no commands then. */
  protected locked = false;
  #debugDepth = 0;

  /** Does `work`, which records a command, if the encoder is open and its rules hold. */
  protected record(what: string, work: () => void): void {
    if (this.ended) {
      this.device.report('validation', `${what}: encoder "${this.label}" has ended`);
      return;
    }
    if (this.failure !== undefined) return;
    const broken = brokenRule(() => {
      demand(!this.locked, 'a pass is open');
      work();
    });
    if (broken) this.failure = `${what}: ${broken}`;
  }

  pushDebugGroup(_groupLabel: string): undefined {
    this.record('pushDebugGroup', () => {
      this.#debugDepth++;
    });
  }

  popDebugGroup(): undefined {
    this.record('popDebugGroup', () => {
      demand(this.#debugDepth > 0, 'no debug group is open');
      this.#debugDepth--;
    });
  }

  insertDebugMarker(_markerLabel: string): undefined {
    this.record('insertDebugMarker', () => {});
  }

  protected demandClosedGroups(): void {
    demand(this.#debugDepth === 0, 'a debug group is still open');
  }
}
