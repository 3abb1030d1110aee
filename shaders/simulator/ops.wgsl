/// The steps that an event may take, one after the other; each schedules at most one further event. A step names the next one.
///
/// The step that begins the event of a record has the number of the record's tag: no table between the two.
import package::simulator::records::{ARRIVING, WORKING, REPLYING, DEAD, CALL};

/// Nothing left to do for this event: take the next.
const OP_NEXT = 0u;
const OP_START_CLOCK = 2u;
const OP_REQUEST = 4u;
const OP_CALL = 7u;
const OP_LINK = 9u;
const OP_TRY = CALL;
const OP_TRY_DONE = 10u;
const OP_RETRY = 11u;
const OP_CALL_DONE = 12u;
const OP_LIST = 13u;
const OP_ARRIVE = ARRIVING;
const OP_SERVED = WORKING;
const OP_RELEASE = 14u;
const OP_STEP = 15u;
const OP_ISSUE = 16u;
const OP_SEND_REPLY = 17u;
const OP_REPLY = REPLYING;
const OP_FREE = DEAD;
const OP_FAULT = 18u;
const OP_KILL = 19u;
const OP_SWEEP = 20u;
const OP_PROBE = 21u;
const OP_TIMER = 22u;
const OP_LINK_CROSSED = 23u;
const OP_RESEND = 24u;

/// How an attempt ended.
const OK = 0u;
const FAILED = 1u;
const TIMED_OUT = 2u;
const CALL_TIMED_OUT = 3u;
const CANCELLED = 4u;

/// Which of a call's two attempts.
const PRIMARY = 0u;
const HEDGE = 1u;
