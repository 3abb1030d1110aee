/** Numbers as people read them, in English whatever the browser's language: the page is in English. */

const NUMBER = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

/** Three significant digits; whole numbers from a hundred on in full. */
export function formatNumber(value: number): string {
  return Math.abs(value) >= 100 ? WHOLE.format(value) : NUMBER.format(value);
}

export const formatCompact = (value: number): string => COMPACT.format(value);

/** A value of an objective with its unit, shares as per cent. */
export function formatObjective(value: number, unit: string): string {
  if (unit === 'share') return `${formatNumber(value * 100)} %`;
  if (unit === '$/month') return `$${formatNumber(value)} a month`;
  if (unit === 'min/year') return `${formatNumber(value)} min a year`;
  return `${formatNumber(value)} ${unit}`;
}

/** From one value to another, in units that what stands beside it names. */
export function formatRange(low: number, high: number, unit: string): string {
  if (unit === 'share') return `${formatNumber(low * 100)} to ${formatNumber(high * 100)} %`;
  return unit === '$/month'
    ? `$${formatNumber(low)} to $${formatNumber(high)}`
    : `${formatNumber(low)} to ${formatNumber(high)}`;
}

/** A value of an objective, short enough for an axis. */
export function formatTick(value: number, unit: string): string {
  if (unit === 'share') return `${formatCompact(value * 100)} %`;
  return unit === '$/month' ? `$${formatCompact(value)}` : formatCompact(value);
}

export function formatMs(ms: number): string {
  return ms < 1000 ? `${formatNumber(ms)} ms` : `${formatNumber(ms / 1000)} s`;
}

/** An objective's name as people say it. */
export function objectiveLabel(name: string): string {
  const LABELS: Record<string, string> = {
    downtime: 'Downtime',
    'slow-share': 'Slow requests, worst fault',
    cost: 'Cost',
    attempts: 'Attempts per request',
    'attacker-loss': 'Lost per attack request',
  };
  return LABELS[name] ?? name;
}
