/// The steps that an event may take, one after the other; each schedules at most one further event. A step names the next one.

/// Nothing left to do for this event: take the next.
const OP_NEXT = 0u;
const OP_START_CLOCK = 1u;
const OP_REQUEST = 2u;
const OP_CALL = 3u;
const OP_LINK = 4u;
const OP_TRY = 5u;
const OP_TRY_DONE = 6u;
const OP_RETRY = 7u;
const OP_CALL_DONE = 8u;
const OP_LIST = 9u;
const OP_ARRIVE = 10u;
const OP_SERVED = 11u;
const OP_RELEASE = 12u;
const OP_STEP = 13u;
const OP_ISSUE = 14u;
const OP_SEND_REPLY = 15u;
const OP_REPLY = 16u;
const OP_FREE = 17u;
const OP_FAULT = 18u;
const OP_KILL = 19u;
const OP_SWEEP = 20u;
const OP_PROBE = 21u;
const OP_TIMER = 22u;

/// How an attempt ended.
const OK = 0u;
const FAILED = 1u;
const TIMED_OUT = 2u;
const CALL_TIMED_OUT = 3u;
const CANCELLED = 4u;

/// Which of a call's two attempts.
const PRIMARY = 0u;
const HEDGE = 1u;
