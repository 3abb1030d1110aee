import type { ScenarioSummary } from '../document';
import { html, type Markup } from '../html';

const NODE = { height: 38, gapX: 64, gapY: 14 };
/** Width of a letter of a service's name, as drawn, and of what stands beside the letters. */
const LETTER = { width: 7.6, margin: 28 };

/** Longest way from the outside to each service: callers stand left of what they call. */
export function layersOf(calls: ScenarioSummary['calls']): Map<string, number> {
  const layers = new Map<string, number>();
  const place = (service: string, layer: number) => {
    if ((layers.get(service) ?? -1) >= layer) return;
    layers.set(service, layer);
    for (const call of calls) if (call.from === service) place(call.to, layer + 1);
  };
  for (const call of calls) if (call.from === null) place(call.to, 0);
  return layers;
}

/** The calls between services, as layers from left to right. The scenario has no cycles, so layers exist. */
export function callGraph(scenario: ScenarioSummary): Markup {
  const layers = layersOf(scenario.calls);
  const columns: string[][] = [];
  for (const { name } of scenario.services) {
    const layer = layers.get(name);
    if (layer === undefined) continue;
    columns[layer] ??= [];
    columns[layer].push(name);
  }
  const longest = Math.max(0, ...scenario.services.map(({ name }) => name.length));
  const nodeWidth = Math.max(150, longest * LETTER.width + LETTER.margin);
  const tallest = Math.max(1, ...columns.map((column) => column.length));
  const height = tallest * (NODE.height + NODE.gapY);
  const width = columns.length * (nodeWidth + NODE.gapX) - NODE.gapX;
  const at = new Map(
    columns.flatMap((column, c) =>
      column.map((name, i): [string, { x: number; y: number }] => [
        name,
        {
          x: c * (nodeWidth + NODE.gapX),
          y: ((i + 0.5) * height) / column.length - NODE.height / 2,
        },
      ]),
    ),
  );
  const links = scenario.calls.flatMap(({ from, to }) => {
    const [a, b] = [from === null ? undefined : at.get(from), at.get(to)];
    if (!a || !b) return [];
    const [x1, y1, x2, y2] = [a.x + nodeWidth, a.y + NODE.height / 2, b.x, b.y + NODE.height / 2];
    const bend = (x1 + x2) / 2;
    return [html`<path d="M${x1},${y1}C${bend},${y1} ${bend},${y2} ${x2},${y2}"/>`];
  });
  const nodes = scenario.services.flatMap((service) => {
    const place = at.get(service.name);
    if (!place) return [];
    return [
      html`<g transform="translate(${place.x},${place.y})"><rect width="${nodeWidth}" height="${NODE.height}" rx="8"/><text x="12" y="16" class="name">${service.name}</text><text x="12" y="30">${service.replicas} × ${service.workers} workers${service.workersAssumed ? ' (assumed)' : ''}</text></g>`,
    ];
  });
  return html`<svg class="graph" role="img" aria-label="Calls between services" viewBox="-2 -2 ${width + 4} ${height + 4}" style="max-width:${width + 4}px"><g class="links">${links}</g><g class="nodes">${nodes}</g></svg>`;
}
