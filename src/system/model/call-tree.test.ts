import { expect, it } from 'vitest';
import { loadScenario } from '../scenario';
import { SHOP_YAML } from '../testing/shop';
import { NIL, unrollCalls } from './call-tree';

const scenario = loadScenario(SHOP_YAML, 'shop.yaml');
const nodes = unrollCalls(scenario);
const operation = (node: number) => scenario.operations[nodes[node].operation].name;
const children = (node: number) =>
  Array.from({ length: nodes[node].end - nodes[node].first }, (_, i) => nodes[node].first + i);

it('starts with the entry call of each class', () => {
  expect(scenario.classes.map((_, c) => operation(c))).toEqual(['index', 'checkout']);
});

it('gives the calls of one step one number, in the order of the script', () => {
  expect(children(0).map((child) => [operation(child), nodes[child].step, nodes[child].probability])).toEqual(
    [
      ['get', 0, 1],
      ['list', 1, 1],
      ['item', 1, 0.5],
    ],
  );
});

it('chains a call that is made several times', () => {
  const [get] = children(1);
  const chain = [get];
  while (nodes[chain[chain.length - 1]].repeat !== NIL) chain.push(nodes[chain[chain.length - 1]].repeat);
  expect(chain.map(operation)).toEqual(['get', 'get', 'get']);
  expect(children(1)).toEqual([get]);
});
