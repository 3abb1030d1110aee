import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { type Markup, trusted } from '../html';

const { document } = parseHTML('<!doctype html><html><body></body></html>');

/** Colours are CSS variables, so that one drawing serves light and dark. */
export const SCHOOL_COLOR = {
  'rule-based': 'var(--rules)',
  'statistics-based': 'var(--statistics)',
  random: 'var(--random)',
  genetic: 'var(--genetic)',
  baseline: 'var(--baseline)',
} as const;

/** Steps that the eye can tell apart, from good to bad, on light and dark. */
export const RAMP = ['#2a9d8f', '#8ab17d', '#e9c46a', '#f4a261', '#e76f51'] as const;

/** The step of the ramp for a value between the least and the most. */
export function rampColor(value: number, [least, most]: readonly [number, number]): string {
  const part = most > least ? (value - least) / (most - least) : 0;
  const step = Math.floor(part * RAMP.length);
  return RAMP[Math.max(0, Math.min(step, RAMP.length - 1))];
}

/**
 * Draws a plot as a static SVG that scales with its column. `label` is what a screen reader says; text from the data
 * is escaped by the DOM's own serialiser.
 */
export function draw(label: string, options: Plot.PlotOptions): Markup {
  const svg = Plot.plot({
    document: document as unknown as Document,
    figure: false,
    ariaLabel: label,
    ...options,
  });
  svg.setAttribute('role', 'img');
  svg.removeAttribute('height');
  svg.setAttribute('style', 'width:100%;height:auto;font-size:12px;font-family:inherit;background:none');
  return trusted(svg.outerHTML);
}
