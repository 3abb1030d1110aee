/// The event log of one episode, compiled in only where it is asked for: five words an entry.
import package::simulator::state::{now, log_words};

const LOG_REQUEST = 1u;
const LOG_REQUEST_DONE = 2u;
const LOG_ATTEMPT = 3u;
const LOG_ATTEMPT_DONE = 4u;
const LOG_RETRY = 5u;
const LOG_REJECTED = 6u;
const LOG_EJECTED = 7u;
const LOG_RETURNED = 8u;
const LOG_BREAKER = 9u;
const LOG_FAULT = 10u;
const LOG_REFUSED = 11u;
const LOG_READINESS = 12u;
const LOG_SERVED = 13u;
const LOG_LOST = 14u;
const LOG_RETRY_DENIED = 15u;

/// Word 0 counts the entries; those beyond the buffer's end are counted and not kept.
@if(events) fn log_event(kind: u32, a: u32, b: u32, c: u32) {
  let entry = log_words[0];
  log_words[0] = entry + 1u;
  let at = 1u + 5u * entry;
  if (at + 5u > arrayLength(&log_words)) { return; }
  log_words[at] = now;
  log_words[at + 1u] = kind;
  log_words[at + 2u] = a;
  log_words[at + 3u] = b;
  log_words[at + 4u] = c;
}
