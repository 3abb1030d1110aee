import type { WasmDevice } from './device';
import { Refused } from './refused';
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
  const typeName = type.name.replace(/^Wasm/, 'GPU');
  demand(!(object instanceof Refused), `the ${typeName} given is not supported and therefore invalid`);
  if (!(object instanceof type)) throw new TypeError(`expected a ${typeName} of this implementation`);
  const name = `${typeName} "${object.label}"`;
  demand(object.device === device, `${name} belongs to another device`);
  demand(object.valid, `${name} is invalid`);
  return object;
}
