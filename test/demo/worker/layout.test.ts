import { describe, expect, it } from 'vitest';
import { BUILT_INS } from '../../../demo/state/scenarios';
import type { NodeBox } from '../../../demo/worker/api';
import { replicasOf } from '../../../demo/worker/flow';
import { layoutOf } from '../../../demo/worker/layout';
import { loadScenario, resolvePolicy } from '../../../src/system';

const overlap = (a: NodeBox, b: NodeBox) =>
  Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2;

describe.each(BUILT_INS.map(({ id, text }) => [id, text] as const))('the layout of %s', (id, text) => {
  it('places every service, replica and link, none upon another', async () => {
    const scenario = loadScenario(await text(), `${id}.yaml`);
    const replicas = replicasOf(scenario, resolvePolicy(scenario, scenario.policy));
    const { nodes, edges, width, height } = layoutOf(scenario, replicas);
    expect(nodes.map(({ name }) => name)).toEqual([...scenario.services.map(({ name }) => name), 'clients']);
    const drawn = nodes.flatMap(({ zones }) => zones.flatMap((zone) => zone.replicas));
    expect(drawn.sort((a, b) => a - b)).toEqual(replicas.map((_, i) => i));
    for (const [i, a] of nodes.entries()) {
      expect(a.x).toBeLessThan(width);
      expect(a.y).toBeLessThan(height);
      for (const b of nodes.slice(i + 1)) expect(overlap(a, b)).toBe(false);
    }
    expect(edges.map(({ edge }) => edge)).toEqual(
      scenario.edges.flatMap(({ from, to }, edge) => (from === to ? [] : [edge])),
    );
    expect(edges.every(({ path }) => /^M[\d. -]+(Q[\d. -]+)+$/.test(path))).toBe(true);
    expect(layoutOf(scenario, replicas)).toBe(layoutOf({ ...scenario }, [...replicas]));
  });
});
