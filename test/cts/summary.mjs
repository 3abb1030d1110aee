import { ACCEPTED } from './accepted.mjs';

/** How this project's compiler and GPU refuse what they lack, by name. */
const REFUSAL = /\b(?:is|are) not supported\b[^\n]*/;

/**
 * @typedef {object} Summary
 * @property {string} query
 * @property {number} passed
 * @property {number} refused refused by name: the shader or call is not supported
 * @property {number} skipped by the suite itself, for features that the adapter does not have
 * @property {{ name: string, reason: string }[]} accepted wrong, and listed as accepted
 * @property {{ name: string, log: string }[]} failed wrong, and nobody knows why
 * @property {Map<string, number>} refusals cases by what was refused
 */

/**
 * @param {string} query
 * @param {Map<string, import('./suite.mjs').CaseResult>} results
 * @returns {Summary}
 */
export function summarize(query, results) {
  /** @type {Summary} */
  const summary = { query, passed: 0, refused: 0, skipped: 0, accepted: [], failed: [], refusals: new Map() };
  for (const [name, { status, logs = [] }] of results) {
    const log = logs.join('\n');
    const refusal = log.match(REFUSAL);
    const acceptance = ACCEPTED.find(({ prefix }) => name.startsWith(prefix));
    if (status === 'pass' || status === 'warn') summary.passed++;
    else if (status === 'skip') summary.skipped++;
    else if (refusal) {
      summary.refused++;
      const what = lineAround(log, refusal.index ?? 0);
      summary.refusals.set(what, (summary.refusals.get(what) ?? 0) + 1);
    } else if (acceptance) summary.accepted.push({ name, reason: acceptance.reason });
    else summary.failed.push({ name, log });
  }
  return summary;
}

/**
 * @param {string} text
 * @param {number} index
 */
function lineAround(text, index) {
  const start = text.lastIndexOf('\n', index) + 1;
  const end = text.indexOf('\n', index);
  return text
    .slice(start, end < 0 ? undefined : end)
    .replace(/^.*?\d+:\d+: /, '')
    .trim();
}

/**
 * The table of all queries, one line each.
 * @param {readonly Summary[]} summaries
 * @returns {string}
 */
export function table(summaries) {
  const head = ['path', 'passed', 'failed', 'accepted', 'refused', 'skipped', 'passed of run'];
  const rows = summaries.map(({ query, passed, failed, accepted, refused, skipped }) => {
    const run = passed + failed.length + accepted.length + refused;
    const share = run === 0 ? '-' : `${((100 * passed) / run).toFixed(2)} %`;
    return [query, passed, failed.length, accepted.length, refused, skipped, share].map(String);
  });
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  return [head, ...rows]
    .map((row) =>
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '),
    )
    .join('\n');
}
