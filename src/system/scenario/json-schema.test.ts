import { expect, it } from 'vitest';
import { scenarioJsonSchema } from './json-schema';

interface Node {
  description?: string;
  properties?: Record<string, Node>;
  anyOf?: Node[];
  oneOf?: Node[];
  items?: Node;
  additionalProperties?: Node | boolean;
  const?: unknown;
}

function undescribed(node: Node, path: string): string[] {
  const own = Object.entries(node.properties ?? {}).flatMap(([key, child]) => [
    ...(child.description || child.const !== undefined || key === 'service' || key === 'call'
      ? []
      : [`${path}.${key}`]),
    ...undescribed(child, `${path}.${key}`),
  ]);
  const inner = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.items ? [node.items] : [])];
  if (typeof node.additionalProperties === 'object') inner.push(node.additionalProperties);
  return [...own, ...inner.flatMap((child) => undescribed(child, path))];
}

it('every key of the scenario format is described', () => {
  expect(undescribed(scenarioJsonSchema() as Node, '')).toEqual([]);
});
