import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { type ResultDocument, resultDocument } from './document';
import { renderReport } from './page';
import { fixture } from './testing/fixture';

const page = renderReport(fixture());
const { document } = parseHTML(page);
const texts = (selector: string) => [...document.querySelectorAll(selector)].map((node) => node.textContent);

describe('the report', () => {
  it('is drawn from a document that fits the schema', () => {
    expect(resultDocument.parse(fixture())).toEqual(fixture());
  });

  it('stands alone: no request, no script, under 500 KB', () => {
    expect(document.querySelectorAll('script, link, img, iframe, object, embed')).toHaveLength(0);
    expect(page).not.toMatch(/\b(src|href|srcset)=|@import|url\(\s*['"]?(https?:)?\/\//i);
    expect(page).toContain('default-src &#39;none&#39;');
    expect(page.length).toBeLessThan(500_000);
  });

  it('opens with the verdict and compares the headline rows', () => {
    const result = fixture();
    expect(texts('h1')).toEqual([result.verdict.sentences[0]]);
    const [main, rest] = document.querySelectorAll('table.comparison');
    expect(main.querySelectorAll('tbody tr')).toHaveLength(6);
    expect(rest.querySelectorAll('tbody tr')).toHaveLength(1);
    expect(main.querySelector('tr.genetic')?.textContent).toContain('198 … 231');
  });

  it('draws every chart', () => {
    const labels = [...document.querySelectorAll('svg')].map((svg) => svg.getAttribute('aria-label'));
    expect(labels).toEqual([
      'Pareto front: cost against downtime',
      'Hypervolume over evaluations',
      ...['Envoy best practice, 2 replicas', 'Statistics-based, 2 replicas', 'Genetic choice'].flatMap(
        (school) => [
          `Requests a second through the zone outage: ${school}`,
          `Latency through the zone outage: ${school}`,
        ],
      ),
      'Calls between services',
    ]);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('shows each fault, each knob, and says what must be said', () => {
    const result = fixture();
    expect(texts('table.heat tbody th').join()).toContain('gray replica');
    expect(document.querySelectorAll('table.heat tbody td')).toHaveLength(result.scenario.faults.length * 6);
    expect(document.querySelectorAll('table.knobs td.changed').length).toBe(result.policy.rows.length);
    const caveats = texts('.caveats').join();
    expect(caveats).toContain('at the same time are neglected');
    expect(caveats).toContain('would still allow 35.1 minutes');
    const choice = result.comparison.rows.find((row) => row.school === 'genetic')!;
    choice.measures.healthyBadShare.mean = 0.01;
    expect(renderReport(result)).toContain('Without any fault 1 % of the choice’s requests are not good');
    expect(caveats).toContain('frontend 8');
  });

  it('shows what was tested beside each profile', () => {
    const rows = [...document.querySelectorAll('table.beside tbody tr')].map((row) => row.textContent);
    expect(rows).toHaveLength(fixture().dominance.length);
    expect(rows[0]).toContain('-348-372 … -324');
    expect(rows.filter((row) => row?.includes('better on downtime, slow-share'))).toHaveLength(4);
    expect(rows[3]).toContain('not shown');
  });

  it('folds away what is the same in all policies', () => {
    const result = fixture();
    result.policy.rows.push({
      scope: 'mesh',
      field: 'jitter',
      unit: 'choice',
      values: ['full', 'full', 'full'],
    });
    const { document: folded } = parseHTML(renderReport(result));
    expect(folded.querySelector('details table.knobs')?.textContent).toContain('jitter');
    expect(folded.querySelector('table.knobs')?.textContent).not.toContain('jitter');
  });

  it('says that nothing need change where the choice is a profile', () => {
    const result = fixture();
    const same = renderReport({ ...result, changes: { ...result.changes, list: [] } });
    expect(same).toContain('Nothing: the choice is Envoy best practice, 2 replicas as it stands.');
  });

  it.each([
    ['a front of one', (result: ResultDocument) => ({ ...result, front: result.front.slice(0, 1) })],
    ['no front', (result: ResultDocument) => ({ ...result, front: [], randomFront: [], profilePoints: [] })],
    [
      'members that are all alike',
      (result: ResultDocument) => ({
        ...result,
        front: result.front.map((member) => ({ ...member, objectives: [0, 0, 100] })),
        randomFront: [],
        profilePoints: [],
      }),
    ],
    [
      'one generation',
      (result: ResultDocument) => ({ ...result, convergence: result.convergence.slice(0, 1) }),
    ],
    [
      'a timeline without a reply',
      (result: ResultDocument) => ({
        ...result,
        timelines: result.timelines.map((one) => ({
          ...one,
          good: one.good.map(() => 0),
          slow: one.good.map(() => 0),
          failed: one.good.map(() => 0),
          p50Ms: one.good.map(() => null),
          p99Ms: one.good.map(() => null),
        })),
      }),
    ],
    [
      'other objectives',
      (result: ResultDocument) => ({ ...result, objectives: [{ name: 'cost', unit: '$/month' }] }),
    ],
  ])('stands %s', (_, change) => {
    const drawn = renderReport(change(fixture()));
    expect(drawn).toContain('</html>');
    expect(drawn).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('lets no name inject markup', () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
    const poisoned = JSON.parse(JSON.stringify(fixture()), (key, value) =>
      typeof value === 'string' && !['school', 'format', 'id', 'rowId'].includes(key)
        ? `${evil}${value}`
        : value,
    );
    const { document: hurt } = parseHTML(renderReport(poisoned));
    expect(hurt.querySelectorAll('script, img')).toHaveLength(0);
    expect(hurt.querySelector('h1')?.textContent).toContain('<script>alert(1)</script>');
  });
});
