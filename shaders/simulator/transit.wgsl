/// Messages under way between a proxy and a replica, and what TCP makes of their loss: the sender repeats what was not
/// acknowledged, so that loss shows as delay. All calls run over connections that stand already, as gRPC's do.
import package::simulator::state::{
  scenario, fault_at, ld, st, now, op, subject, schedule_id, schedule_time, record, release_record, low, high,
  with_low, NIL,
};
import package::simulator::records::{
  REQUEST, NODE, FLAGS, CALL_ATTEMPT, FRAME_REPLICA, FRAME_HEDGE, REPLYING, SALT_SHIFT, RESENDS_SHIFT, tag, resends,
};
import package::simulator::ops::{OP_NEXT, OP_RESEND};
import package::simulator::client::node_field;
import package::simulator::draw::{draw, FOR_LOSS};
import package::simulator::fault::hits_edge;
import package::simulator::log::{log_event, LOG_LOST};
import package::layout::{CALL_HEDGE, NODE_EDGE, FAULT_CHANCE, KIND_LOSS};

/// Linux: TCP_RTO_MIN, TCP_RTO_MAX, and the default of tcp_retries2.
const FIRST_RESEND_US = 200000u;
const LONGEST_RESEND_US = 120000000u;
const MOST_RESENDS = 15u;
/// Doublings after which the wait would exceed the longest.
const RESEND_DOUBLINGS = 10u;

/// OP_LINK_CROSSED: a request or a reply would arrive now, if the link does not lose it.
@if(link_loss) fn cross_link() {
  let frame = record(subject);
  let flags = ld(frame + FLAGS);
  let node = low(ld(frame + NODE));
  op = tag(flags);
  if (!hits_edge(node_field(node, NODE_EDGE), KIND_LOSS)) { return; }
  let drawn = draw(ld(frame + REQUEST), node, flags >> SALT_SHIFT, FOR_LOSS + resends(flags));
  if (select(drawn.x, drawn.y, op == REPLYING) < scenario[fault_at + FAULT_CHANCE]) { op = OP_RESEND; }
}

/// OP_RESEND: the message was lost, and is sent again after a wait that doubles; after the last one, or where the caller has
/// given up and closed its stream, never.
@if(link_loss || down) fn resend() {
  let at = record(subject);
  let flags = ld(at + FLAGS);
  let call = high(ld(at + NODE));
  let again = call != NIL && resends(flags) < MOST_RESENDS;
  let wait = min(FIRST_RESEND_US << min(resends(flags), RESEND_DOUBLINGS), LONGEST_RESEND_US);
  op = OP_NEXT;
  @if(events) {
    let place = low(ld(at + NODE)) | (low(ld(at + FRAME_REPLICA)) << 16u) | select(0u, 0x80000000u, tag(flags) == REPLYING);
    log_event(LOG_LOST, ld(at + REQUEST), place, select(0u, wait, again));
  }
  if (again) {
    st(at + FLAGS, flags + (1u << RESENDS_SHIFT));
    schedule_time = now + wait;
    schedule_id = subject;
    return;
  }
  if (call != NIL) {
    var word = record(call) + CALL_ATTEMPT;
    @if(hedging) { if ((flags & FRAME_HEDGE) != 0u) { word = record(call) + CALL_HEDGE; } }
    st(word, with_low(ld(word), NIL));
  }
  release_record(subject);
}
