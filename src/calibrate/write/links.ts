import type { YAMLMap } from 'yaml';
import type { LinkModel, SystemModel } from '../model/model';
import { block, distributionNode, type Entry, inline } from './nodes';
import { describeSamples } from './terms';

/** The scenario's `links`: from outside to each service that receives requests, and between services. */
export function linksNode({ classes, links }: SystemModel): YAMLMap {
  const entered = [...new Set(classes.map(({ entry }) => entry.split('/')[0]))];
  return block([
    ...entered.map((service) => ({
      key: `client -> ${service}`,
      value: inline({ delay: '0ms' }),
      comment: 'Assumed: what lies before the root span is not traced.',
    })),
    ...links.map(linkEntry),
  ]);
}

function linkEntry({ from, to, delaysUs }: LinkModel): Entry {
  const key = `${from} -> ${to}`;
  if (delaysUs.length === 0) {
    const comment = 'Assumed: no call has both a client and a server span.';
    return { key, value: inline({ delay: '0ms' }), comment };
  }
  const value = block([{ key: 'delay', value: distributionNode(delaysUs) }]);
  value.flow = true;
  return { key, value, comment: describeSamples(delaysUs, 'call') };
}
