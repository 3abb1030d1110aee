/// The two kinds of records in the pool: a call as its caller's proxy sees it, and a frame, one attempt as the server
/// sees it. A frame outlives a caller that gave up: its work is done all the same.
import package::simulator::state::{ld, record};

// Word 0 of both is the request's number (the next free record in a free one). Word 1: node in the call tree (low half) and
// parent (high half): a call's parent is the frame that made it (NIL: a client), a frame's the call it serves (NIL: given up).
const REQUEST = 0u;
const NODE = 1u;
/// Tag (4 bits), then bits by kind, window (bits 9 to 11; 0: not counted), a frame's resends (bits 12 to 15), salt (bits 22 to 31).
const FLAGS = 2u;

const CALL_START = 3u;
/// Neighbours in the list of whole-call time-outs, and in that of try time-outs or hedges: previous (low), next (high).
const CALL_LINKS = 4u;
const CALL_TRY_LINKS = 5u;
const CALL_TRY_DEADLINE = 6u;
/// Frame (16 bits, NIL: none), replica (6 bits, NO_REPLICA: none under way), proxy (the upper 4).
const CALL_ATTEMPT = 7u;

/// Global replica number (low), next child or, in a queue, next frame (high).
const FRAME_REPLICA = 3u;
const FRAME_HALF_DELAY = 4u;
const FRAME_SELF = 5u;
const FRAME_PENDING = 6u;
/// The request's own quantile, as a tail probability in 2^-32.
const FRAME_SLOWNESS = 7u;

const NO_REPLICA = 63u;

const ARRIVING = 1u;
const QUEUED = 2u;
const WORKING = 3u;
const WAITING = 4u;
const REPLYING = 5u;
/// Its replica died under it; it goes when what it still waits for has come.
const DEAD = 6u;
const CALL = 8u;

const FRAME_ERROR = 0x10u;
const FRAME_HOLDS_WORKER = 0x20u;
const FRAME_HEDGE = 0x40u;

/// How often the message under way, the request or the reply, has been sent again.
const RESENDS_SHIFT = 12u;
const RESENDS = 0xf000u;

const ATTEMPTS_SHIFT = 4u;
const WINDOW_SHIFT = 9u;
const CALL_LINKED = 0x1000u;
const CALL_PROBE = 0x2000u;
const CALL_RETRYING = 0x4000u;
/// Which list holds the call's try timer: 0 none, 1 try time-outs, 2 hedges.
const TIMER_SHIFT = 15u;
const RETRIES_SHIFT = 17u;
const SALT_SHIFT = 22u;

fn tag(flags: u32) -> u32 {
  return flags & 15u;
}

fn with_tag(flags: u32, value: u32) -> u32 {
  return (flags & 0xfffffff0u) | value;
}

fn resends(flags: u32) -> u32 {
  return (flags & RESENDS) >> RESENDS_SHIFT;
}

fn window_of_flags(flags: u32) -> u32 {
  return (flags >> WINDOW_SHIFT) & 7u;
}

fn timer(flags: u32) -> u32 {
  return (flags >> TIMER_SHIFT) & 3u;
}

fn with_timer(flags: u32, value: u32) -> u32 {
  return (flags & ~(3u << TIMER_SHIFT)) | (value << TIMER_SHIFT);
}

fn attempt_replica(attempt: u32) -> u32 {
  return (attempt >> 16u) & 63u;
}

fn proxy_of(attempt: u32) -> u32 {
  return attempt >> 28u;
}

fn is_dead(frame: u32) -> bool {
  return tag(ld(record(frame) + FLAGS)) == DEAD;
}
