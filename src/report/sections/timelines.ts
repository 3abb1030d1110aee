import { extentOf, goodputPanel, latencyPanel } from '../charts/timeline';
import type { ResultDocument } from '../document';
import { html, type Markup } from '../html';

/** Goodput and latency through one fault, one column a school, on common scales. */
export function timelinesSection(result: ResultDocument): Markup {
  const rows = new Map(result.comparison.rows.map((row) => [row.id, row]));
  const panels = result.timelines.flatMap((timeline) => {
    const row = rows.get(timeline.rowId);
    return row ? [{ timeline, row }] : [];
  });
  if (panels.length === 0) return html``;
  const extent = extentOf(result.timelines);
  return html`<section><h2>Through one fault: ${panels[0].timeline.fault}</h2>
<p>Means over a few test replications, the same for each; requests by when they arrived, those never answered among the failed. The fault is on in the shaded time.</p>
<div class="legend"><span><i class="swatch good"></i>good</span><span><i class="swatch slow"></i>late</span><span><i class="swatch failed"></i>failed</span><span class="gap">lines: p99 strong, median faint</span></div>
<div class="panels">${panels.map(
    ({ timeline, row }) =>
      html`<figure><figcaption><i class="dot ${row.school}"></i>${row.label}</figcaption>${goodputPanel(timeline, row, extent)}${latencyPanel(timeline, row, extent)}</figure>`,
  )}</div></section>`;
}
