/// What one invocation works on: the tables all share, its own words, and its registers.
///
/// An episode's state is STATE_WORDS words, laid out by `src/system/simulate/layout.ts`: contiguous for a CPU's caches,
/// interleaved for a GPU's wide loads.
import package::layout::{
  INTERLEAVE, STATE_WORDS, SCENARIO_WORDS, POLICY_WORDS, POOL_AT, RECORD_WORDS, RECORDS, EDGE_FIELDS, SERVICE_FIELDS,
  SERVICE_POLICY_AT, REPORT_OVERFLOW, OVERFLOW_RECORDS,
};

@group(0) @binding(0) var<storage, read> scenario: array<u32, SCENARIO_WORDS>;
@group(0) @binding(1) var<storage, read> policies: array<array<u32, POLICY_WORDS>>;
/// Four words an episode: first word of its policy, the two words of its random key, first word of its fault or NONE.
@group(0) @binding(2) var<storage, read> episodes: array<u32>;
/// How many events one dispatch may take, how many episodes there are.
@group(0) @binding(3) var<storage, read> slice: array<u32>;
/// Blocks of INTERLEAVE episodes, whose words lie side by side: 1 for a CPU, a multiple of its loads' width for a GPU.
/// All sizes are powers of two, and constants: what keeps an index within bounds is then a mask, or nothing.
@group(0) @binding(4) var<storage, read_write> state: array<array<array<u32, INTERLEAVE>, STATE_WORDS>>;
@group(0) @binding(5) var<storage, read_write> reports: array<u32>;
@group(0) @binding(6) var<storage, read_write> status: array<u32>;
@if(events) @group(0) @binding(7) var<storage, read_write> log_words: array<u32>;

const NONE = 0xffffffffu;
/// No record: links and back references are 16 bits.
const NIL = 0xffffu;

/// Where the episode's own words are: state[block][..][lane].
var<private> block: u32;
var<private> lane: u32;
var<private> report_at: u32;
/// The row of its policy: policies[policy][..].
var<private> policy: u32;
var<private> fault_at: u32;
var<private> key: vec2u;
var<private> now: u32;

/// What to do next (see main.wgsl), and to what.
var<private> op: u32;
var<private> subject: u32;
var<private> detail: u32;
/// What the current step wants scheduled: an id, or NONE.
var<private> schedule_id: u32;
var<private> schedule_time: u32;

var<private> free_head: u32;
var<private> records_used: u32;

fn ld(word: u32) -> u32 {
  return state[block][word][lane];
}

fn st(word: u32, value: u32) {
  state[block][word][lane] = value;
}

fn edge_policy(edge: u32, field: u32) -> u32 {
  return policies[policy][edge * EDGE_FIELDS + field];
}

fn service_policy(service: u32, field: u32) -> u32 {
  return policies[policy][SERVICE_POLICY_AT + service * SERVICE_FIELDS + field];
}

fn add_to_report(word: u32, amount: u32) {
  reports[report_at + word] += amount;
}

fn low(word: u32) -> u32 {
  return word & 0xffffu;
}

fn high(word: u32) -> u32 {
  return word >> 16u;
}

fn with_low(word: u32, value: u32) -> u32 {
  return (word & 0xffff0000u) | value;
}

fn with_high(word: u32, value: u32) -> u32 {
  return (word & 0xffffu) | (value << 16u);
}

/// First word of a record.
fn record(index: u32) -> u32 {
  return POOL_AT + index * RECORD_WORDS;
}

/// Takes a record from the pool, or NIL where none is left: the candidate is then marked, and the work refused.
fn allocate() -> u32 {
  if (free_head != NIL) {
    let taken = free_head;
    free_head = ld(record(taken));
    return taken;
  }
  if (records_used < RECORDS) {
    records_used += 1u;
    return records_used - 1u;
  }
  reports[report_at + REPORT_OVERFLOW] |= OVERFLOW_RECORDS;
  return NIL;
}

fn release_record(index: u32) {
  let at = record(index);
  st(at, free_head);
  st(at + 2u, 0u);
  free_head = index;
}
