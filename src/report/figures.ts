import type { Figure, MeasureName } from './document';

/** How a measure is called and written, in the terminal's table and in the report alike. */
export interface MeasureStyle {
  readonly name: MeasureName;
  readonly label: string;
  readonly unit: string;
  /** Writes one value, without its unit. */
  readonly write: (value: number) => string;
}

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** Three significant digits below 100, whole and grouped above. */
export function number(value: number): string {
  if (value === 0) return '0';
  if (Math.abs(value) >= 100) return grouped.format(value);
  if (Math.abs(value) < 0.001) return value.toExponential(1);
  return String(Number(value.toPrecision(3)));
}

/** A share 0..1 as per cent, to a tenth from 10 % on, else two digits. */
export function percent(share: number): string {
  const value = share * 100;
  const whole = value === 0 || value === 100;
  return `${whole ? value : Math.abs(value) >= 10 ? value.toFixed(1) : Number(value.toPrecision(2))} %`;
}

const ratio = (value: number) => (Math.abs(value) < 0.005 ? '0' : value.toFixed(2));

/** The columns of every comparison, in their order. */
export const MEASURES: readonly MeasureStyle[] = [
  { name: 'downtimeMinPerYear', label: 'downtime', unit: 'min/year', write: number },
  { name: 'p99HealthyMs', label: 'p99 healthy', unit: 'ms', write: number },
  { name: 'p99WorstMs', label: 'p99 worst fault', unit: 'ms', write: number },
  { name: 'costPerMonth', label: 'cost', unit: '$/month', write: number },
  { name: 'attemptsPerRequest', label: 'attempts', unit: 'per request', write: ratio },
  { name: 'recoveryS', label: 'recovery', unit: 's', write: number },
  { name: 'attackerLoss', label: 'goodput lost', unit: 'per attack req.', write: ratio },
];

/** `mean` as the measure writes it, or a dash where it could not be measured. */
export function writeMean(style: MeasureStyle, figure: Figure): string {
  return figure.mean === null ? '–' : style.write(figure.mean);
}

/** The 95 % interval as `low … high`; empty where the mean is certain or was not measured. */
export function writeInterval(style: MeasureStyle, figure: Figure): string {
  if (figure.low === null || figure.high === null || figure.low === figure.high) return '';
  return `${style.write(figure.low)} … ${style.write(figure.high)}`;
}
