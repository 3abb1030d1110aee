import { formatDuration } from '../../text';
import { callGraph } from '../charts/graph';
import type { ResultDocument } from '../document';
import { number, percent, plain } from '../figures';
import { html, type Markup } from '../html';

/** Upper 95 % limit of a probability of which not one case was seen in n: the rule of three. */
export const zeroFailuresLimit = (n: number): number => 3 / n;

const MINUTES_PER_YEAR = 365.25 * 24 * 60;

/** What must be said beside the figures: what the model leaves out and what the sample cannot show. */
export function caveats(result: ResultDocument): string[] {
  const { scenario, comparison } = result;
  const assumed = scenario.services.filter((service) => service.workersAssumed);
  const limit = zeroFailuresLimit(comparison.healthyRequests);
  return [
    'Faults that strike at the same time are neglected unless the scenario declares the pair.',
    `Not one bad reply in ${plain(comparison.healthyRequests)} healthy requests would still allow ${number(limit * MINUTES_PER_YEAR)} minutes of bad service a year (95 %): the healthy share is reported on its own and is no part of the downtime.`,
    ...(assumed.length > 0
      ? [
          `Workers per replica are not in a trace: ${assumed.map((s) => `${s.name} ${s.workers}`).join(', ')} are declared assumptions. Figures under overload and attack lean on them most.`,
        ]
      : []),
    'Fault rates and durations are the scenario’s own declarations; downtime a year is proportional to them.',
    'Search, choice and test used disjoint episodes, but one and the same model: what the model leaves out, all three leave out.',
  ];
}

/** The system as simulated, and what the reader should hold against the figures. */
export function assumptionsSection(result: ResultDocument): Markup {
  const { scenario } = result;
  return html`<section><h2>The system, and what is assumed of it</h2>
<p>${scenario.source}. ${plain(scenario.ratePerS)} requests a second from ${scenario.proxies} proxies to ${scenario.services.length} services over ${scenario.zones.length} zones; shared slowness ${plain(scenario.sharedSlowness)}. ${scenario.classes.map((c) => `${c.name}: ${percent(c.share)} of the traffic, good within ${plain(c.objectiveMs)} ms`).join('; ')}.</p>
${callGraph(scenario)}
<div class="scroll"><table class="faults"><thead><tr><th>fault</th><th>what</th><th>a year, per target</th><th>lasts</th></tr></thead><tbody>${scenario.faults.map(
    (fault) =>
      html`<tr><th>${fault.name}</th><td>${fault.what}</td><td>${plain(fault.ratePerYear)}</td><td>${formatDuration(fault.durationS * 1_000_000)}</td></tr>`,
  )}</tbody></table></div>
<ul class="caveats">${caveats(result).map((line) => html`<li>${line}</li>`)}</ul></section>`;
}
