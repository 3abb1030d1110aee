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
