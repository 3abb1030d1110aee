import { z } from 'zod';
import { scenarioSchema } from './schema';

/** The scenario format as JSON Schema, for editors: `# yaml-language-server: $schema=scenario.schema.json`. */
export function scenarioJsonSchema(): unknown {
  return z.toJSONSchema(scenarioSchema, { io: 'input' });
}
