import { UserError } from '../../text';
import { CsvSpans } from './csv';
import { JsonSpans } from './json';
import type { Span, TraceSource } from './span';

async function* chunksOf(text: string | AsyncIterable<string>): AsyncIterable<string> {
  if (typeof text === 'string') yield text;
  else yield* text;
}

/**
 * The spans of trace files, CSV or JSON by what they begin with.
 * @throws UserError where a file is empty or is not what it seems to be.
 */
export async function readSpans(sources: readonly TraceSource[]): Promise<Span[]> {
  const files = await Promise.all(sources.map(readFile));
  return files.flat();
}

async function readFile({ file, text }: TraceSource): Promise<readonly Span[]> {
  const csv = new CsvSpans(file);
  let head = '';
  let json: string[] | undefined;
  for await (const chunk of chunksOf(text)) {
    if (json) json.push(chunk);
    else if (head === '' && chunk.trim() === '') continue;
    else if (head === '' && /^\s*[[{]/.test(chunk)) json = [chunk];
    else csv.push(chunk);
    head ||= chunk;
  }
  if (!json) csv.end();
  const spans = json ? new JsonSpans(file, json.join('')).spans : csv.spans;
  if (spans.length === 0)
    throw new UserError(
      head === '' ? 'the file is empty' : 'there is no span in this file',
      'give traces as CSV, OTLP JSON or Jaeger JSON',
      { file, line: 1, column: 1 },
    );
  return spans;
}
