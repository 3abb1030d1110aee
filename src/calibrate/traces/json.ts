import { type Location, UserError } from '../../text';
import { jaegerSpans } from './jaeger';
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
  } catch (whole) {
    const lines = text.split('\n');
    let offset = 0;
    const documents: unknown[] = [];
    for (const line of lines) {
      try {
        if (line.trim() !== '') documents.push(JSON.parse(line));
      } catch (single) {
        // Where not even the first line stands alone, the file is meant as one document.
        const [error, base] = documents.length > 0 ? [single, offset] : [whole, 0];
        const message = (error as Error).message;
        const position = /position (\d+)/.exec(message);
        const at = position
          ? base + Number(position[1])
          : base > 0
            ? base + line.length
            : text.trimEnd().length;
        throw new UserError(
          `not valid JSON: ${message.replace(/ in JSON at position.*/, '')}`,
          'export the traces again, whole',
          place(file, text, at),
        );
      }
      offset += line.length + 1;
    }
    return documents;
  }
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
