import type { EvolveResult, Scenario } from '../system';
import { type ResultDocument, resultDocument } from './document';
import { knobRows } from './knobs';
import { summarize } from './summary';

/** The result of an evolution as the document that is written, read and drawn. Throws where it does not fit the schema. */
export function composeResult(
  scenario: Scenario,
  { choice: _, columns, ...found }: EvolveResult,
): ResultDocument {
  return resultDocument.parse({
    format: 'tardigrade-result/1',
    scenario: summarize(scenario),
    ...found,
    policy: {
      columns: columns.map(({ label }) => label),
      rows: knobRows(
        scenario,
        columns.map(({ policy }) => policy),
      ),
    },
  });
}

/** The document as the text of `result.json`: the same result gives the same bytes. */
export function writeResult(document: ResultDocument): string {
  return `${JSON.stringify(document, null, 1)}\n`;
}
