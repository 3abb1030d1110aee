import { z } from 'zod';
import { either, map, named, text } from '../../text';

/** A policy value as written: `250ms`, `20%`, 3, true, off, least-request. What fits depends on the field. */
export const fieldValue = either([z.string(), z.number(), z.boolean()], 'a value', '250ms, 3 or off');

const fieldValues = named(fieldValue, 'a map of policy fields', '{ timeout: 2s, retries: 1 }');

const scopes = {
  mesh: fieldValues.default({}).describe('Values for every call and every service.'),
  services: named(fieldValues, 'a map of services', '{ cartservice: { replicas: 2 } }')
    .default({})
    .describe('Values for one service: its own fields, or those of all calls to it.'),
  calls: named(fieldValues, 'a map of calls', '{ frontend -> cartservice: { timeout: 1s } }')
    .default({})
    .describe("Values for one call, 'caller -> callee'."),
};

/** The `policy` key of a scenario. */
export const policySchema = map(scopes);

/** A policy.yaml. */
export const policyFileSchema = map({
  name: text('a name', 'evolved').default('policy').describe('What tables and reports call it.'),
  ...scopes,
});

export type WrittenValue = z.output<typeof fieldValue>;
export type WrittenPolicy = z.output<typeof policySchema>;
