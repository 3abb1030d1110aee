import { type Location, UserError } from '../../text';
import { jaegerSpans } from './jaeger';
import { jsonErrorOffset } from './json-error';
import { otlpSpans } from './otlp';
import type { Span, SpanFile } from './span';

/** What a reader of one JSON format makes of a span; `JsonSpans` adds where it stands. */
export type JsonSpan = Omit<Span, 'file' | 'mark'>;

function place(file: string, text: string, offset: number, path?: string): Location {
  const before = text.slice(0, offset);
  return { file, line: before.split('\n').length, column: offset - before.lastIndexOf('\n'), path };
}

/** The documents in a file: one, or one a line as OpenTelemetry's file exporter writes them. */
function parseDocuments(file: string, text: string): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    const firstLine = text.slice(0, text.indexOf('\n'));
    // Where not even the first line stands alone, the file is meant as one document.
    if (jsonErrorOffset(firstLine) !== undefined) throw malformed(file, text, jsonErrorOffset(text)!);
  }
  const documents: unknown[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    const error = line.trim() === '' ? undefined : jsonErrorOffset(line);
    if (error !== undefined) throw malformed(file, text, offset + error);
    if (line.trim() !== '') documents.push(JSON.parse(line));
    offset += line.length + 1;
  }
  return documents;
}

function malformed(file: string, text: string, offset: number): UserError {
  const found = offset < text.length ? `unexpected ${JSON.stringify(text[offset])}` : 'it ends too early';
  return new UserError(
    `not valid JSON: ${found}`,
    'export the traces again, whole',
    place(file, text, offset),
  );
}

/** Reads spans from JSON: OTLP (`resourceSpans`) or Jaeger's (`data`, `spans` with `traceID`). */
export class JsonSpans implements SpanFile {
  readonly name: string;
  readonly spans: readonly Span[];
  readonly #text: string;

  /** @throws UserError where the text is not JSON, or JSON of neither format. */
  constructor(name: string, text: string) {
    this.name = name;
    this.#text = text;
    this.spans = parseDocuments(name, text)
      .flatMap((document) => this.#read(document))
      .map((span, index) => ({ ...span, file: this, mark: index }));
    for (const span of this.spans) this.#check(span);
  }

  /** The place where the span's id is written; searched for only when there is something to complain about. */
  locate(span: Span): Location {
    const id = new RegExp(`"span(?:Id|ID)"\\s*:\\s*"${span.spanId.replace(/\W/g, '\\$&')}"`);
    const offset = id.exec(this.#text)?.index ?? 0;
    return place(this.name, this.#text, offset, `span ${span.spanId}`);
  }

  #read(document: unknown): JsonSpan[] {
    const spans = otlpSpans(document) ?? jaegerSpans(document);
    if (spans) return spans;
    throw new UserError(
      'this JSON holds no traces that can be read',
      "give OTLP JSON (with 'resourceSpans') or what Jaeger's API returns (with 'data')",
      { file: this.name, line: 1, column: 1 },
    );
  }

  #check(span: Span): void {
    const wrong =
      span.traceId === '' || span.spanId === ''
        ? 'a span has no id'
        : Number.isNaN(span.startUs) || Number.isNaN(span.endUs)
          ? 'the span has no start or no end'
          : undefined;
    if (wrong) throw new UserError(wrong, 'export the traces again, whole', this.locate(span));
  }
}
