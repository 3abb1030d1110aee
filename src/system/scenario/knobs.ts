import type { Path, YamlSource } from '../../text';
import { fieldFits, mostReplicas, type Owners } from '../policy/document';
import { type Field, POLICY_FIELDS } from '../policy/fields';
import { readValue, writeValue } from '../policy/values';
import { edgeName, indexOfName } from './names';
import type { WrittenKnob } from './schema';
import type { Knob, Scope } from './types';

/** Resolves and checks all knobs. Throws UserError for a scope, range or value that does not fit its field. */
export function readKnobs(source: YamlSource, written: readonly WrittenKnob[], owners: Owners): Knob[] {
  const seen = new Set<string>();
  return written.map((knob, i) => {
    const path: Path = ['knobs', i];
    const scope = readScope(source, [...path, 'scope'], knob.scope, owners);
    if (!fieldFits(knob.field, scope))
      throw source.error(
        [...path, 'scope'],
        `${knob.field} belongs to a service, not to a call`,
        'write scope: mesh or { service: name }',
      );
    const key = JSON.stringify([knob.field, scope]);
    if (seen.has(key))
      throw source.error(path, `there are two knobs for ${knob.field} at this scope`, 'remove one of them');
    seen.add(key);
    if (knob.off && !POLICY_FIELDS[knob.field].zeroIsOff)
      throw source.error([...path, 'off'], `${knob.field} can't be off`, 'remove off');
    return { field: knob.field, scope, allowOff: knob.off, ...readRange(source, path, knob, scope, owners) };
  });
}

function readScope(source: YamlSource, path: Path, written: WrittenKnob['scope'], owners: Owners): Scope {
  if (written === 'mesh') return { kind: 'mesh' };
  if ('service' in written)
    return {
      kind: 'service',
      service: indexOfName(source, [...path, 'service'], written.service, owners.services, 'service'),
    };
  return {
    kind: 'edge',
    edge: indexOfName(source, [...path, 'call'], edgeName(written.call), owners.edges, 'call'),
  };
}

function readRange(source: YamlSource, path: Path, knob: WrittenKnob, scope: Scope, owners: Owners) {
  const field: Field = POLICY_FIELDS[knob.field];
  const read = (key: 'range' | 'values', index: number): number => {
    const at = [...path, key, index];
    const value = readValue(knob.field, knob[key]![index]);
    if (typeof value === 'string') throw source.complaint(at, value);
    const most = knob.field === 'replicas' ? mostReplicas(scope, owners) : field.max;
    if (value > most)
      throw source.error(at, `${value} replicas are over maxReplicas`, `stay at or below ${most}`);
    return value;
  };
  if (knob.range && knob.values)
    throw source.error(path, 'a knob has either a range or values', 'remove one of the two');
  if (knob.range) {
    if (field.unit === 'choice' || field.unit === 'switch')
      throw source.error([...path, 'range'], `${knob.field} has no range`, 'write values: [...] instead');
    const [min, max] = [read('range', 0), read('range', 1)];
    if (min >= max)
      throw source.error(
        [...path, 'range'],
        `the range from ${writeValue(knob.field, min)} to ${writeValue(knob.field, max)} is empty`,
        'write the lower bound first, then a higher one',
      );
    return { min, max };
  }
  const values = knob.values ? knob.values.map((_, i) => read('values', i)) : everyValue(source, path, knob);
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  if (sorted.length < values.length)
    throw source.error([...path, 'values'], 'a value is there twice', 'remove one of the two');
  return { min: sorted[0], max: sorted.at(-1)!, values: sorted };
}

/** A switch or choice without values may take them all; anything else needs bounds. */
function everyValue(source: YamlSource, path: Path, knob: WrittenKnob): number[] {
  const { unit, min, max } = POLICY_FIELDS[knob.field];
  if (unit !== 'switch' && unit !== 'choice')
    throw source.error(
      path,
      `the knob ${knob.field} has no range`,
      `add range: [${writeValue(knob.field, min)}, ${writeValue(knob.field, max)}] or narrower`,
    );
  return Array.from({ length: max - min + 1 }, (_, i) => min + i);
}
