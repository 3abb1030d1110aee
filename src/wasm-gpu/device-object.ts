import type { WasmDevice } from './device';
import { demand } from './validation';

/** What all objects made by a device share. An invalid object may be passed around; using it is a validation error. */
export abstract class DeviceObject {
  label: string;
  readonly device: WasmDevice;
  valid = true;

  constructor(device: WasmDevice, label = '') {
    this.device = device;
    this.label = label;
  }
}

/** Demands that `object` is a valid object of `device` and of our own class `type`. @throws RuleBroken otherwise */
export function demandUsable<T extends DeviceObject>(
  object: unknown,
  type: abstract new (...values: never[]) => T,
  device: WasmDevice,
): T {
  if (!(object instanceof type))
    throw new TypeError(`expected a ${type.name.replace(/^Wasm/, 'GPU')} of this implementation`);
  const name = `${type.name.replace(/^Wasm/, 'GPU')} "${object.label}"`;
  demand(object.device === device, `${name} belongs to another device`);
  demand(object.valid, `${name} is invalid`);
  return object;
}
