import type { Location } from '../../text';

/** One span of a distributed trace, as any format has it. Times are microseconds of the pod's own clock. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty at the top of a trace. */
  readonly parentId: string;
  readonly service: string;
  /** The replica that recorded it; spans of one pod share a clock. */
  readonly pod: string;
  readonly operation: string;
  readonly startUs: number;
  readonly endUs: number;
  /** Whether it handles a message that nobody waits for (OpenTelemetry's CONSUMER). */
  readonly asynchronous: boolean;
  /** Index of the file that it was read from, for `SpanFile.locate`. */
  readonly file: SpanFile;
  /** The file's own mark of the place: a line number, or the index of a record. */
  readonly mark: number;
}

/** A file of spans that can still say where it has each of them. */
export interface SpanFile {
  readonly name: string;
  locate(span: Span): Location;
}

/** A trace file to read: its name, for messages, and its text, whole or in chunks as a stream delivers them. */
export interface TraceSource {
  readonly file: string;
  readonly text: string | AsyncIterable<string>;
}

/**
 * Microseconds of a time in nanoseconds since 1970. Nanoseconds overflow a double, so the last three digits are cut
 * off as text: the result is exact to the microsecond.
 * @returns NaN where it is no whole number.
 */
export function microsecondsOf(nanoseconds: string | number): number {
  if (typeof nanoseconds === 'number') return Math.floor(nanoseconds / 1000);
  if (!/^\d+$/.test(nanoseconds)) return Number.NaN;
  return Number(nanoseconds.slice(0, -3));
}

// A Deployment's pod is called name-replicaset-random, a StatefulSet's name-ordinal.
const DEPLOYMENT_POD = /^(.+)-[a-z0-9]{4,10}-[a-z0-9]{5}$/;
const STATEFUL_SET_POD = /^(.+)-\d+$/;

/** The workload that a Kubernetes pod belongs to, by its name. */
export function serviceOfPod(pod: string): string {
  return DEPLOYMENT_POD.exec(pod)?.[1] ?? STATEFUL_SET_POD.exec(pod)?.[1] ?? pod;
}
