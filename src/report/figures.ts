import type { Figure, LatencyFigure, MeasureName, Measures } from './document';

/** How a measure is called and written, in the terminal's table and in the report alike. */
export interface MeasureStyle {
  readonly name: MeasureName;
  readonly label: string;
  readonly unit: string;
  /** Writes one value, without its unit. */
  readonly write: (value: number, scale?: number) => string;
}

const DIGITS = [0, 1, 2, 3].map(
  (digits) =>
    new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }),
);

/** Three significant digits below 100, whole and grouped above; `scale` (the mean) fixes the digits of an interval. */
export function number(value: number, scale = value): string {
  const size = Math.abs(scale);
  if (value === 0) return '0';
  if (size < 0.01) return String(Number(value.toPrecision(2)));
  return DIGITS[size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3].format(value);
}

/** A count or a declared quantity: as few digits as it needs, grouped. */
export function plain(value: number): string {
  return value.toLocaleString(
    'en-US',
    Math.abs(value) < 1000 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 },
  );
}

/** A share 0..1 as per cent, to a tenth from 10 % on, else two digits. */
export function percent(share: number): string {
  const value = share * 100;
  const whole = value === 0 || value === 100;
  return `${whole ? value : Math.abs(value) >= 10 ? Number(value.toFixed(1)) : Number(value.toPrecision(2))} %`;
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
  {
    name: 'healthyBadShare',
    label: 'bad, no fault',
    unit: '% of requests',
    write: (share, scale) => number(share * 100, (scale ?? share) * 100),
  },
];

/** How a figure is written. */
type Write = MeasureStyle['write'];

/** The mean as the measure writes it; a dash where there was nothing to measure. */
export function writeMean(style: MeasureStyle, measures: Measures): string {
  const mean = writeFigure(measures[style.name], style.write);
  // Where some replications never recovered, their time is cut off at the end of what was watched.
  return style.name === 'recoveryS' && measures.neverRecovered.mean ? `≥ ${mean}` : mean;
}

/** The 95 % interval as `low … high`; empty where the mean is certain or there was nothing to measure. */
export function writeInterval(style: MeasureStyle, measures: Measures): string {
  return writeLimits(measures[style.name], style.write);
}

/** What belongs beside the figure: of a latency the share of requests that got no right answer. */
export function writeAside(style: MeasureStyle, measures: Measures): string {
  const measured = measures[style.name];
  return isLatency(measured) && measured.failedShare.mean
    ? `${percent(measured.failedShare.mean)} failed`
    : '';
}

const NO_ANSWER = 'no answer';

/** The mean of a figure; a dash where there was nothing to measure. */
export function writeFigure(measured: Figure | LatencyFigure, write: Write): string {
  if (measured.mean !== null) return write(measured.mean);
  return isLatency(measured) && measured.failedShare.mean !== null ? NO_ANSWER : '–';
}

/** The 95 % interval of a figure; that of a latency may end where there is no answer. */
export function writeLimits({ mean, low, high }: Figure | LatencyFigure, write: Write): string {
  if (low === null || low === high) return '';
  const scale = mean || high || low;
  return `${write(low, scale)} … ${high === null ? NO_ANSWER : write(high, scale)}`;
}

function isLatency(measured: Figure | LatencyFigure): measured is LatencyFigure {
  return 'failedShare' in measured;
}
