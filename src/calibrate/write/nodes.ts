import { Document, isCollection, type Node, Scalar, YAMLMap } from 'yaml';
import { summarise } from '../model/quantiles';
import { writtenDistribution } from './terms';

/** Makes nodes; what it holds is not written. */
const FACTORY = new Document();

/** A node on one line, `{ a: 1 }`, of plain values. */
export function inline(value: unknown): Node {
  const node = FACTORY.createNode(value) as Node;
  if (isCollection(node)) node.flow = true;
  return node;
}

/** A distribution that follows the samples, on one line. */
export function distributionNode(samplesUs: readonly number[]): Node {
  return inline(writtenDistribution(summarise(samplesUs)));
}

export interface Entry {
  readonly key: string;
  /** A node, or plain values. */
  readonly value: unknown;
  /** Stands above the key. */
  readonly comment?: string;
}

/** A map of entries in this order, one a line. */
export function block(entries: readonly Entry[]): YAMLMap {
  const map = new YAMLMap();
  for (const { key, value, comment } of entries) {
    const name = new Scalar(key);
    if (comment) name.commentBefore = comment.replace(/^/gm, ' ');
    map.items.push(FACTORY.createPair(name, value));
  }
  return map;
}
