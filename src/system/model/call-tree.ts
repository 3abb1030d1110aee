import type { Scenario } from '../scenario/types';

/** No node, no record: references are 16 bits wide in the simulator. */
export const NIL = 0xffff;

/** One call that a request may make, unrolled: every path from a class's entry is a node of its own. */
export interface CallNode {
  readonly edge: number;
  readonly operation: number;
  readonly probability: number;
  /** Index of its step in the operation that makes it. */
  readonly step: number;
  /** Its calls, in order of their steps: nodes first .. end - 1. */
  first: number;
  end: number;
  /** The node that follows it where a call is made several times, one after the other; NIL at the last. */
  repeat: number;
}

/**
 * The calls of every request class as a tree; node c is the entry call of class c. A node number is part of what keys a
 * random draw, so the same call draws the same numbers under every policy.
 */
export function unrollCalls(scenario: Scenario): CallNode[] {
  const nodes: CallNode[] = [];
  const add = (edge: number, operation: number, probability: number, step: number) =>
    nodes.push({ edge, operation, probability, step, first: 0, end: 0, repeat: NIL }) - 1;
  for (const { edge, operation } of scenario.classes) add(edge, operation, 1, 0);
  for (let i = 0; i < nodes.length; i++) {
    const { steps } = scenario.operations[nodes[i].operation];
    const calls = steps.flatMap((step, s) => step.filter((c) => c.times > 0).map((call) => ({ call, s })));
    nodes[i].first = nodes.length;
    for (const { call, s } of calls) add(call.edge, call.operation, call.probability, s);
    nodes[i].end = nodes.length;
    calls.forEach(({ call, s }, child) => {
      let previous = nodes[i].first + child;
      for (let time = 1; time < call.times; time++) {
        nodes[previous].repeat = add(call.edge, call.operation, 1, s);
        previous = nodes[previous].repeat;
      }
    });
    if (nodes.length >= NIL)
      throw new RangeError(`the calls of scenario ${scenario.name} unroll to more than ${NIL - 1} nodes`);
  }
  return nodes;
}
