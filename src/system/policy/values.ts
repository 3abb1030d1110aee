import {
  complain,
  didYouMean,
  formatDuration,
  parseDurationUs,
  parsePercent,
  parseRatePerS,
} from '../../text';
import { type Field, type FieldName, POLICY_FIELDS } from './fields';
import type { WrittenValue } from './schema';

/** How a field's value is read, by its unit; undefined where the text is none of this unit. */
const READ: Record<Field['unit'], (written: WrittenValue, field: Field) => number | undefined> = {
  us: (written) => (written === 0 ? 0 : typeof written === 'string' ? parseDurationUs(written) : undefined),
  count: asNumber,
  'per-mille': asNumber,
  percent: (written) => {
    const share = typeof written === 'string' ? parsePercent(written) : asNumber(written);
    // 0.07 * 100 is 7.000000000000001: whole percents are meant.
    return share === undefined ? undefined : Math.round(share * 1e8) / 1e6;
  },
  'per-second': (written) => (typeof written === 'string' ? parseRatePerS(written) : undefined),
  switch: (written) => (typeof written === 'boolean' ? Number(written) : written === 'on' ? 1 : undefined),
  choice: (written, field) => {
    const index = field.choices!.indexOf(String(written));
    return index < 0 ? undefined : index;
  },
};

const EXAMPLES: Record<Field['unit'], string> = {
  us: 'a duration such as 250ms',
  count: 'a whole number such as 3',
  'per-mille': 'thousandths as a whole number, such as 1900',
  percent: 'whole percents such as 20%',
  'per-second': 'a rate such as 100/s',
  switch: 'true or false',
  choice: 'one of its choices',
};

function asNumber(written: WrittenValue): number | undefined {
  return typeof written === 'number' ? written : undefined;
}

/** The field's value as the simulator's integer, or the complaint ("what is wrong; the mend"). */
export function readValue(name: FieldName, written: WrittenValue): number | string {
  const field: Field = POLICY_FIELDS[name];
  const off = written === 'off' || written === false;
  if (off && field.zeroIsOff) return 0;
  if (off) return complain(`${name} can't be off`, `write ${bounds(name)}`);
  const value = READ[field.unit](written, field);
  if (value === undefined && field.choices)
    return complain(`${name} can't be '${written}'`, didYouMean(`${written}`, field.choices, 'choice'));
  if (value === undefined || !Number.isInteger(value))
    return complain(`${name} can't be '${written}'`, `write ${EXAMPLES[field.unit]}`);
  if (value < field.min || value > field.max)
    return complain(`${name} can't be ${written}`, `write ${bounds(name)}`);
  return value;
}

function bounds(name: FieldName): string {
  const { min, max } = POLICY_FIELDS[name];
  return `${writeValue(name, min)} to ${writeValue(name, max)}`;
}

/** The value as a user writes it; `readValue` reads it back. */
export function writeValue(name: FieldName, value: number): string | number | boolean {
  const field: Field = POLICY_FIELDS[name];
  if (field.unit === 'switch') return value === 1;
  if (field.zeroIsOff && value === 0) return 'off';
  switch (field.unit) {
    case 'us':
      return formatDuration(value);
    case 'percent':
      return `${value}%`;
    case 'per-second':
      return `${value}/s`;
    case 'choice':
      return field.choices![value];
    default:
      return value;
  }
}
