import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { Engine } from '../../src/gpu';
import { describeOnEngines } from '../../src/gpu/testing/engines';
import { type BenchmarkProblem, bnh, c2dtlz2, dtlz, osy, tnk, weldedBeam, zdt } from '../../src/problem';
import { encode } from '../../src/space';
import { useEngine } from './engine';

const FOLDER = resolve(import.meta.dirname, '../../../shared/data/pareto');
const ONCE = { index: 0, first: 0, count: 1, purpose: 'search' } as const;

/** By the names of their files. */
const PROBLEMS: Record<string, (engine: Engine) => Promise<BenchmarkProblem>> = {
  ...Object.fromEntries([1, 2, 3, 4, 6].map((n) => [`ZDT${n}`, (e: Engine) => zdt(e, n, { variables: 10 })])),
  ...Object.fromEntries(
    [1, 2, 3, 4, 5, 6, 7].map((n) => [
      `DTLZ${n}`,
      (e: Engine) => dtlz(e, n, { objectives: 3, variables: 10 }),
    ]),
  ),
  BNH: bnh,
  OSY: osy,
  TNK: tnk,
  Welded_Beam: weldedBeam,
  C2DTLZ2: c2dtlz2,
};

function read(name: string): number[][] | undefined {
  const file = resolve(FOLDER, name);
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => line.trim().split(/\s+/).map(Number));
}

describeOnEngines('Pareto problems', (under) => {
  const engine = useEngine(under);
  // WGSL lets sin and cos be wrong by 2^-11, and SwiftShader makes some use of it.
  const tolerance = under.name === 'Dawn' ? 2e-3 : 1e-5;

  /** Of values below 1 the error counts as it is: differences of f32 have no more digits. */
  function expectClose(actual: number, expected: number, what: string): void {
    expect(Math.abs(actual - expected) / Math.max(1, Math.abs(expected)), what).toBeLessThan(tolerance);
  }

  it.skipIf(!existsSync(FOLDER)).each(Object.keys(PROBLEMS))(
    `%s has the values in ${FOLDER}`,
    async (name) => {
      const problem = await PROBLEMS[name](engine());
      const points = read(`${name}.x`)!;
      const genes = Uint32Array.from(points.flatMap((x) => [...encode(problem.space, x)]));
      const { objectives, violations } = await problem.evaluate(genes, ONCE);
      const width = problem.constraints.length;
      const totals = points.map((_, i) =>
        violations.subarray(i * width, (i + 1) * width).reduce((sum, v) => sum + Math.max(v, 0), 0),
      );
      for (const [i, row] of read(`${name}.f`)!.entries()) {
        expect(row).toHaveLength(problem.objectives.length);
        for (const [m, f] of row.entries())
          expectClose(objectives[i * row.length + m], f, `point ${i}, objective ${m}`);
      }
      for (const [i, [violation]] of read(`${name}.cv`)?.entries() ?? []) {
        expectClose(totals[i], violation, `point ${i}, violations`);
      }
    },
  );

  it('ZDT5 counts bits', async () => {
    const problem = await zdt(engine(), 5);
    const bits = (first: number, others: readonly number[]): number[] => [
      ...Array.from({ length: 30 }, (_, i) => (i < first ? 1 : 0)),
      ...others.flatMap((ones) => Array.from({ length: 5 }, (_, i) => (i < ones ? 1 : 0))),
    ];
    const best = encode(problem.space, bits(30, new Array(10).fill(5)));
    const other = encode(problem.space, bits(3, [0, 1, 2, 3, 4, 5, 5, 5, 5, 5]));
    const { objectives } = await problem.evaluate(Uint32Array.of(...best, ...other), ONCE);
    expect(objectives[0]).toBe(31);
    expect(objectives[1]).toBeCloseTo(10 / 31, 6);
    // 2 + u for strings that are not all ones: 2 + 3 + 4 + 5 + 6, and five times 1.
    expect([objectives[2], objectives[3]]).toEqual([4, 25 / 4]);
  });

  it('refuses what the suites do not have', () => {
    expect(() => zdt(engine(), 7)).toThrow(RangeError);
    expect(() => zdt(engine(), 5, { variables: 30 })).toThrow(RangeError);
    expect(() => dtlz(engine(), 8)).toThrow(RangeError);
    expect(() => dtlz(engine(), 2, { objectives: 3, variables: 2 })).toThrow(RangeError);
  });
});
