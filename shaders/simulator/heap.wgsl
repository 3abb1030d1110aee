/// Pending events, a binary heap ordered by time, then by a sequence number: two words an entry, a key of the id (low
/// ID_BITS) and the sequence number (all other bits), then the time. So an entry is a number of 64 bits, the least first.
///
/// Most events schedule one other. So a popped root stays where it is, the first event scheduled after it is held back, and
/// `settle_heap` sifts that one down from the root: one pass in place of two.
import package::simulator::state::{ld, st, reports, report_at};
import package::layout::{HEAP_AT, HEAP_CAPACITY, ID_BITS, REPORT_OVERFLOW, OVERFLOW_EVENTS};

var<private> heap_size: u32;
var<private> sequence: u32;
var<private> root_spent: bool;
var<private> held: bool;
var<private> held_time: u32;
var<private> held_key: u32;

fn earlier(time_a: u32, key_a: u32, time_b: u32, key_b: u32) -> bool {
  return time_a < time_b || (time_a == time_b && key_a < key_b);
}

/// The older half of all sequence numbers, as part of a key.
const OLD_KEYS = 0x80000000u;

fn renumbered(key: u32) -> u32 {
  return select(event_id(key), key - OLD_KEYS, key >= OLD_KEYS);
}

/// Begins the sequence anew from its middle where it has come to its end. All that is older counts as equally old, so the
/// order of two events of one instant holds where fewer than 2^(31 - ID_BITS) were scheduled between them, two million with
/// a thousand ids.
fn renumber() {
  sequence = OLD_KEYS >> ID_BITS;
  held_key = renumbered(held_key);
  for (var i = 0u; i < heap_size; i++) { st(HEAP_AT + 2u * i, renumbered(ld(HEAP_AT + 2u * i))); }
}

fn schedule(time: u32, id: u32) {
  if (sequence == 0xffffffffu >> ID_BITS) { renumber(); }
  sequence += 1u;
  let key = (sequence << ID_BITS) | id;
  if (root_spent && !held) {
    held = true;
    held_time = time;
    held_key = key;
    return;
  }
  if (heap_size == HEAP_CAPACITY) {
    reports[report_at + REPORT_OVERFLOW] |= OVERFLOW_EVENTS;
    return;
  }
  var at = heap_size;
  heap_size += 1u;
  // A spent root is no later than anything scheduled since: it stops the climb.
  while (at > 0u) {
    let parent = (at - 1u) >> 1u;
    let parent_key = ld(HEAP_AT + 2u * parent);
    let parent_time = ld(HEAP_AT + 2u * parent + 1u);
    if (!earlier(time, key, parent_time, parent_key)) { break; }
    st(HEAP_AT + 2u * at, parent_key);
    st(HEAP_AT + 2u * at + 1u, parent_time);
    at = parent;
  }
  st(HEAP_AT + 2u * at, key);
  st(HEAP_AT + 2u * at + 1u, time);
}

/// The id of an event's key.
fn event_id(key: u32) -> u32 {
  return key & ((1u << ID_BITS) - 1u);
}

/// Fills a spent root with the event held back, or else with the last one.
fn settle_heap() {
  if (!root_spent) { return; }
  root_spent = false;
  var key = held_key;
  var time = held_time;
  if (!held) {
    heap_size -= 1u;
    key = ld(HEAP_AT + 2u * heap_size);
    time = ld(HEAP_AT + 2u * heap_size + 1u);
  }
  held = false;
  var at = 0u;
  loop {
    var child = 2u * at + 1u;
    if (child >= heap_size) { break; }
    var child_key = ld(HEAP_AT + 2u * child);
    var child_time = ld(HEAP_AT + 2u * child + 1u);
    if (child + 1u < heap_size) {
      let right_key = ld(HEAP_AT + 2u * child + 2u);
      let right_time = ld(HEAP_AT + 2u * child + 3u);
      // Which child is the earlier is anybody's guess: a processor had better not make one.
      let is_right = earlier(right_time, right_key, child_time, child_key);
      child += u32(is_right);
      child_key = select(child_key, right_key, is_right);
      child_time = select(child_time, right_time, is_right);
    }
    if (!earlier(child_time, child_key, time, key)) { break; }
    st(HEAP_AT + 2u * at, child_key);
    st(HEAP_AT + 2u * at + 1u, child_time);
    at = child;
  }
  st(HEAP_AT + 2u * at, key);
  st(HEAP_AT + 2u * at + 1u, time);
}
