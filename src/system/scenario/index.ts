/** Scenarios: their YAML schema, and loading with every mistake located. */
export { CAPACITIES } from './capacities';
export { scenarioJsonSchema } from './json-schema';
export { loadScenario } from './load';
export { CLIENT, edgeName } from './names';
export { OBJECTIVES, scenarioSchema, type WrittenScenario } from './schema';
export type * from './types';
