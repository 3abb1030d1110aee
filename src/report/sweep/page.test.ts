import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../../gpu';
import { functionProblem } from '../../problem';
import { defineSpace } from '../../space';
import { type Analysis, analyze, type Design, randomDesign, saltelliDesign } from '../../sweep';
import { tabulate } from '../../sweep/tabulate';
import type { SweepReport } from './document';
import { renderSweepReport } from './page';

const EPISODES = { index: 0, first: 0, count: 1, purpose: 'test' } as const;

const space = defineSpace([
  { name: 'timeout', type: 'float', min: 10, max: 10_000, scale: 'log' },
  { name: 'replicas', type: 'integer', min: 1, max: 6, scale: 'linear' },
  { name: 'balancer', type: 'category', values: ['random', 'round robin', 'least request'] },
  { name: 'hedging', type: 'switch' },
  { name: 'unused', type: 'float', min: 0, max: 1, scale: 'linear' },
]);

const problem = functionProblem({
  space,
  objectives: ['downtime', 'cost', 'latency'],
  constraints: ['budget'],
  evaluate: (values) => {
    const [timeout, replicas] = [Number(values.timeout), Number(values.replicas)];
    const wait = Math.abs(Math.log10(timeout) - 2.5);
    const downtime = (200 * (0.2 + wait)) / replicas + (values.balancer === 'least request' ? 0 : 20);
    const cost = 100 * replicas + (values.hedging ? 60 * wait : 0);
    const latency = timeout > 9000 ? Number.NaN : 40 + timeout / (values.hedging ? 400 : 100);
    return { objectives: [downtime, cost, latency], violations: [Math.max(0, cost - 550)] };
  },
});

async function analysisOf(design: Design): Promise<Analysis> {
  const table = tabulate(problem, EPISODES, { units: { downtime: 'min/year', timeout: 'ms' } });
  async function* batches() {
    const genes = await design.rows(0, design.count);
    yield table.batch(0, genes, await problem.evaluate(genes, EPISODES));
  }
  return analyze({
    columns: table.columns,
    variables: space.variables,
    design: design.name,
    batches: batches(),
  });
}

const reportOf = (analysis: Analysis, design: Design): SweepReport => ({
  problem: 'shop',
  design: { name: design.name, rows: design.count, seed: 1 },
  replications: 1,
  complete: true,
  analysis,
});

let bySaltelli: SweepReport;
let byRandom: SweepReport;
beforeAll(async () => {
  const engine = await openEngine({ engine: 'wasm', workers: 0 });
  const saltelli = saltelliDesign(engine, space, { rows: 7 * 256 });
  const random = randomDesign(engine, space, { rows: 300 });
  bySaltelli = reportOf(await analysisOf(saltelli), saltelli);
  byRandom = reportOf(await analysisOf(random), random);
  engine.close();
});

const drawn = new Map<SweepReport, Document>();
/** The page as a document, drawn once. */
function documentOf(report: SweepReport): Document {
  const known = drawn.get(report) ?? parseHTML(renderSweepReport(report)).document;
  drawn.set(report, known);
  return known;
}
const texts = (report: SweepReport, selector: string) =>
  [...documentOf(report).querySelectorAll(selector)].map((node) => node.textContent ?? '');

describe('the page of a sweep', () => {
  it('stands alone: no request, no script, no number that is none', () => {
    for (const report of [bySaltelli, byRandom]) {
      const page = renderSweepReport(report);
      expect(documentOf(report).querySelectorAll('script, link, img, iframe')).toHaveLength(0);
      expect(page).not.toMatch(/\b(src|href|srcset)=|@import|NaN|undefined|Infinity/);
      expect(page.length).toBeLessThan(900_000);
    }
  });

  it('tells what was swept', () => {
    expect(texts(bySaltelli, 'h1')).toEqual(['shop']);
    expect(texts(bySaltelli, '.lead')[0]).toMatch(
      /^1,792 rows of the saltelli design over 5 variables, 3 outputs\. \d+ violate/,
    );
    expect(texts({ ...bySaltelli, complete: false }, '.lead')[1]).toContain('not complete');
  });

  it('has indices with intervals where the design is Saltelli’s, else shares, and says so', () => {
    const [downtime] = texts(bySaltelli, 'section:nth-of-type(1) tbody');
    expect(downtime).toMatch(/^replicas0\.\d\d0\.\d\d … 0\.\d\d0\.\d\d/);
    expect(downtime.indexOf('hedging')).toBeGreaterThan(downtime.indexOf('balancer'));
    expect(texts(bySaltelli, 'section:nth-of-type(1) p')[0]).toContain('Sobol’ indices');
    const skipped = texts(bySaltelli, '.note').filter((note) => note.includes('left out'));
    expect(skipped).toHaveLength(1);
    expect(texts(byRandom, 'section:nth-of-type(1) p')[0]).toContain('epsilon squared');
    expect(texts(byRandom, 'section:nth-of-type(1) tbody')[1]).toMatch(/^replicas0\.9\d/);
  });

  it('draws the effect of every variable on every output', () => {
    const labels = [...documentOf(byRandom).querySelectorAll('.panels svg')].map((svg) =>
      svg.getAttribute('aria-label'),
    );
    expect(labels).toHaveLength(15);
    expect(labels).toContain('downtime by balancer');
  });

  it('lists best and Pareto rows, categories by their words', () => {
    const { outputs, pareto } = byRandom.analysis;
    expect(texts(byRandom, 'section:nth-of-type(3) tbody tr')).toHaveLength(30);
    expect(texts(byRandom, 'section:nth-of-type(3) tbody tr')[0]).toContain('least request');
    expect(texts(byRandom, 'section:nth-of-type(3) b')[0]).toBe(
      String(Number(Number(outputs[0].best[0].values[6]).toPrecision(6))),
    );
    expect(texts(byRandom, 'section:nth-of-type(4) p')[0]).toContain(`${pareto?.rows.length} of the rows`);
    expect(texts(byRandom, 'th').some((text) => text === 'downtime, min/year')).toBe(true);
  });

  it('lays rows side by side', () => {
    const svg = documentOf(byRandom).querySelector('svg[aria-label="Rows side by side"]');
    expect(svg?.querySelectorAll('path').length).toBe(byRandom.analysis.sample.length);
    for (const text of ['timeout, ms', '10K', 'least request', 'on'])
      expect(svg?.textContent).toContain(text);
  });

  it('stands no feasible row, no output that varies, a single row', () => {
    const { analysis } = byRandom;
    const outputs = analysis.outputs.map((output) => ({
      ...output,
      best: [],
      effects: output.effects.map((effect) => ({
        share: Number.NaN,
        chance: Number.NaN,
        bins: effect.bins.map((bin) => ({
          ...bin,
          rows: 0,
          mean: Number.NaN,
          low: Number.NaN,
          high: Number.NaN,
        })),
      })),
    }));
    const nothing = { ...analysis, feasible: 0, outputs, sample: [], pareto: { rows: [], thinned: false } };
    const page = renderSweepReport({ ...byRandom, analysis: nothing });
    expect(page).toContain('no row satisfies every constraint');
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('lets no name inject markup', () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
    const names = new Map(space.variables.map(({ name }) => [name, `${evil}${name}`]));
    const poison = <T>(value: T): T =>
      JSON.parse(JSON.stringify(value), (key, text) =>
        key === 'name' || key === 'unit' ? (names.get(text) ?? `${evil}${text}`) : text,
      );
    const { analysis } = byRandom;
    const page = renderSweepReport({
      ...byRandom,
      problem: evil,
      analysis: { ...analysis, columns: poison(analysis.columns), variables: poison(analysis.variables) },
    });
    const { document } = parseHTML(page);
    expect(document.querySelectorAll('script, img')).toHaveLength(0);
    expect(document.querySelector('h1')?.textContent).toBe(evil);
  });
});
