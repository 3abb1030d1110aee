import { UserError } from '../../text';
import { microsecondsOf, type Span, type SpanFile, serviceOfPod } from './span';

const COLUMNS = [
  'TraceID',
  'SpanID',
  'ParentID',
  'PodName',
  'OperationName',
  'StartTimeUnixNano',
  'EndTimeUnixNano',
] as const;
type Column = (typeof COLUMNS)[number];

/** How this form marks the span at the top of a trace. */
const TOP = 'root';

/** The fields of one line; quotes as in RFC 4180, without line breaks inside a field. */
function split(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^,]*))(,|$)/y;
  for (;;) {
    const match = field.exec(line);
    if (!match) return [...fields, line.slice(field.lastIndex)];
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2]);
    if (match[3] === '') return fields;
  }
}

/** Column in the line at which field `index` begins, counted from 1. */
function columnOf(fields: readonly string[], index: number): number {
  return fields.slice(0, index).reduce((column, field) => column + field.length + 1, 1);
}

/**
 * Reads spans from CSV with a header line, chunk by chunk, so that a file need not fit in memory as text. Columns may
 * come in any order and there may be others; `ParentID` is `root` or empty at the top of a trace.
 */
export class CsvSpans implements SpanFile {
  readonly name: string;
  readonly spans: Span[] = [];
  #columns: Record<Column, number> | undefined;
  #width = 0;
  #rest = '';
  #line = 0;
  // Names repeat thousands of times: one string each is kept, not one for each span.
  readonly #names = new Map<string, string>();

  constructor(name: string) {
    this.name = name;
  }

  locate(span: Span) {
    return { file: this.name, line: span.mark, column: 1, path: `span ${span.spanId}` };
  }

  /** @throws UserError at the first line that is not as the header says. */
  push(chunk: string): void {
    const text = this.#rest + chunk;
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.#read(text.slice(start, end));
      start = end + 1;
    }
    this.#rest = text.slice(start);
  }

  /** To be called once, after the last chunk. */
  end(): void {
    if (this.#rest !== '') this.#read(this.#rest);
    this.#rest = '';
  }

  #read(raw: string): void {
    this.#line++;
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (this.#columns === undefined) this.#header(line);
    else if (line !== '') this.spans.push(this.#span(split(line), this.#columns));
  }

  #header(line: string): void {
    const names = split(line.replace(/^\uFEFF/, '')).map((name) => name.trim());
    const missing = COLUMNS.filter((column) => !names.includes(column));
    if (missing.length > 0)
      throw new UserError(
        `the header has no column ${missing.join(', ')}`,
        `the first line names the columns: ${COLUMNS.join(',')}`,
        { file: this.name, line: 1, column: 1 },
      );
    this.#width = names.length;
    this.#columns = Object.fromEntries(COLUMNS.map((column) => [column, names.indexOf(column)])) as Record<
      Column,
      number
    >;
  }

  #span(fields: string[], at: Record<Column, number>): Span {
    if (fields.length !== this.#width)
      throw new UserError(
        `this line has ${fields.length} fields, the header ${this.#width}`,
        'put a field with commas in double quotes, and look for a line that was cut off',
        { file: this.name, line: this.#line, column: 1 },
      );
    const time = (column: Column) => {
      const us = microsecondsOf(fields[at[column]]);
      if (Number.isNaN(us))
        throw new UserError(
          `'${fields[at[column]]}' is no time`,
          'write nanoseconds since 1970 as a whole number',
          { file: this.name, line: this.#line, column: columnOf(fields, at[column]), path: column },
        );
      return us;
    };
    const parent = fields[at.ParentID];
    const pod = this.#shared(fields[at.PodName]);
    return {
      traceId: this.#shared(fields[at.TraceID]),
      spanId: fields[at.SpanID],
      parentId: parent === TOP ? '' : parent,
      service: this.#shared(serviceOfPod(pod)),
      pod,
      operation: this.#shared(fields[at.OperationName]),
      startUs: time('StartTimeUnixNano'),
      endUs: time('EndTimeUnixNano'),
      asynchronous: false,
      file: this,
      mark: this.#line,
    };
  }

  #shared(name: string): string {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    this.#names.set(name, name);
    return name;
  }
}
