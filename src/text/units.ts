/** How people write quantities, to numbers and back: `213ms`, `12/year`, `20%`. */

const US_PER = {
  us: 1,
  µs: 1,
  ms: 1_000,
  s: 1_000_000,
  m: 60_000_000,
  min: 60_000_000,
  h: 3_600_000_000,
  d: 86_400_000_000,
} as const;

const SECONDS_PER = {
  s: 1,
  second: 1,
  min: 60,
  minute: 60,
  h: 3_600,
  hour: 3_600,
  d: 86_400,
  day: 86_400,
  week: 604_800,
  month: 2_628_000,
  year: 31_536_000,
} as const;

/** A year of 365 days; a month is its twelfth part. */
export const SECONDS_PER_YEAR = SECONDS_PER.year;

const NUMBER = String.raw`([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)`;
const DURATION = new RegExp(`^${NUMBER}\\s*(${Object.keys(US_PER).join('|')})$`, 'i');
const RATE = new RegExp(`^${NUMBER}\\s*(?:/|per)\\s*(${Object.keys(SECONDS_PER).join('|')})$`, 'i');
const PERCENT = new RegExp(`^${NUMBER}\\s*%$`, 'i');

/** `1.5s` -> 1500000, to the nearest microsecond; undefined where it is no duration. May be negative. */
export function parseDurationUs(text: string): number | undefined {
  const match = DURATION.exec(text.trim());
  if (!match) return undefined;
  return Math.round(Number(match[1]) * US_PER[match[2].toLowerCase() as keyof typeof US_PER]);
}

/** The shortest of us, ms, s, m, h, d that `parseDurationUs` reads back exactly. */
export function formatDuration(us: number): string {
  for (const unit of ['d', 'h', 'm'] as const) {
    if (us >= US_PER[unit] && us % US_PER[unit] === 0) return `${us / US_PER[unit]}${unit}`;
  }
  if (us >= US_PER.s) return `${us / US_PER.s}s`;
  if (us >= US_PER.ms) return `${us / US_PER.ms}ms`;
  return us === 0 ? '0ms' : `${us}us`;
}

/** `12/year` -> events a second; undefined where it is no rate. May be negative. */
export function parseRatePerS(text: string): number | undefined {
  const match = RATE.exec(text.trim());
  if (!match) return undefined;
  return Number(match[1]) / SECONDS_PER[match[2].toLowerCase() as keyof typeof SECONDS_PER];
}

/** `20%` -> 0.2; undefined where it is no percentage. */
export function parsePercent(text: string): number | undefined {
  const match = PERCENT.exec(text.trim());
  return match ? Number(match[1]) / 100 : undefined;
}
