import type { YAMLMap } from 'yaml';
import type { ClassModel, SystemModel } from '../model/model';
import { ascending, quantile } from '../model/quantiles';
import { block, inline } from './nodes';
import { describeSamples, roundedUpDuration, significant, writtenShares } from './terms';

/** Nobody measured what clients put up with: this many times the measured p99, until somebody says. */
const OBJECTIVE_FACTOR = 2;

/** The scenario's `traffic`. */
export function trafficNode({ classes, requests, observedS, ratePerS }: SystemModel): YAMLMap {
  const shares = writtenShares(classes.map(({ share }) => share));
  return block([
    {
      key: 'rate',
      value: `${significant(ratePerS, 3)}/s`,
      comment: `${requests} requests in ${significant(observedS, 3)} s.`,
    },
    {
      key: 'classes',
      value: block(classes.map((requestClass, i) => classEntry(requestClass, shares[i]))),
      comment: `Grouped by what they call. Objectives are assumed: ${OBJECTIVE_FACTOR} times the measured p99.`,
    },
  ]);
}

function classEntry({ name, entry, latenciesUs }: ClassModel, share: number) {
  const objective = roundedUpDuration(OBJECTIVE_FACTOR * quantile(ascending(latenciesUs), 0.99));
  return {
    key: name,
    value: inline({ share, entry, objective }),
    comment: describeSamples(latenciesUs, 'request'),
  };
}
