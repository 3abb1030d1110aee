import { formatDuration } from '../../text';
import { callGraph } from '../charts/graph';
import type { ResultDocument } from '../document';
import { number, percent, plain } from '../figures';
import { html, type Markup } from '../html';

const MINUTES_PER_YEAR = 365.25 * 24 * 60;

/**
 * What the healthy share says, and what it cannot: of a probability of which not one case was seen in n, the upper 95 %
 * limit is 3/n (the rule of three).
 */
function healthyCaveat({ comparison }: ResultDocument): string {
  const { healthyRequests, rows } = comparison;
  const share = rows.find((row) => row.school === 'genetic')?.measures.healthyBadShare.mean ?? 0;
  const apart = 'That share is a column of its own and no part of the downtime.';
  if (share > 0)
    return `Without any fault ${percent(share)} of the choice’s requests are not good: as much as ${plain(share * MINUTES_PER_YEAR)} minutes a year. ${apart}`;
  const allowed = (3 / healthyRequests) * MINUTES_PER_YEAR;
  return `Not one bad reply in ${plain(healthyRequests)} healthy requests would still allow ${number(allowed)} minutes of bad service a year (95 %). ${apart}`;
}

/** What must be said beside the figures: what the model leaves out and what the sample cannot show. */
export function caveats(result: ResultDocument): string[] {
  const { scenario } = result;
  const assumed = scenario.services.filter((service) => service.workersAssumed);
  return [
    'Faults that strike at the same time are neglected unless the scenario declares the pair.',
    healthyCaveat(result),
    ...(assumed.length > 0
      ? [
          `Workers per replica are not in a trace: ${assumed.map((s) => `${s.name} ${s.workers}`).join(', ')} are declared assumptions. Figures under overload and attack lean on them most.`,
        ]
      : []),
    'A p99 is over all requests: one without a right answer counts as slower than any other, and where one in a hundred has none there is no p99.',
    'A lost message is sent again as Linux’s TCP does it: after 200 ms, then after twice as long each time. Calls run over connections that stand already (as gRPC’s do), each message by itself: no time-out for connecting ever helps, and none waits behind another’s loss.',
    'A service with one replica has it in the first zone.',
    `Recovery is watched for one window. What has not recovered in its last quarter is marked ≥, and charged as down until ${formatDuration(scenario.repairS * 1_000_000)} have passed: an operator’s repair time, which is assumed.`,
    'Fault rates and durations are the scenario’s own declarations; downtime a year is proportional to them.',
    'Search, choice and test used disjoint episodes, but one and the same model: what the model leaves out, all three leave out.',
  ];
}

/** The system as simulated, and what the reader should hold against the figures. */
export function assumptionsSection(result: ResultDocument): Markup {
  const { scenario } = result;
  return html`<section><h2>The system, and what is assumed of it</h2>
<p>${scenario.source.replace(/\.$/, '')}. ${plain(scenario.ratePerS)} requests a second from ${scenario.proxies} proxies to ${scenario.services.length} services over ${scenario.zones.length} zones; shared slowness ${plain(scenario.sharedSlowness)}. ${scenario.classes.map((c) => `${c.name}: ${percent(c.share)} of the traffic, good within ${plain(c.objectiveMs)} ms`).join('; ')}.</p>
${callGraph(scenario)}
<div class="scroll"><table class="faults"><thead><tr><th>fault</th><th>what</th><th>a year, per target</th><th>lasts</th></tr></thead><tbody>${scenario.faults.map(
    (fault) =>
      html`<tr><th>${fault.name}</th><td>${fault.what}</td><td>${plain(fault.ratePerYear)}</td><td>${formatDuration(fault.durationS * 1_000_000)}</td></tr>`,
  )}</tbody></table></div>
<ul class="caveats">${caveats(result).map((line) => html`<li>${line}</li>`)}</ul></section>`;
}
