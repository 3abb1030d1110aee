import { expect, it } from 'vitest';
import type { SimEvent } from '../system';
import { withoutGood } from './events';

it('leaves out requests that went well, and nothing else', () => {
  const done = (request: number, outcome: 'good' | 'failed'): SimEvent => ({
    timeUs: 5,
    kind: 'request-done',
    request,
    requestClass: 0,
    outcome,
    latencyUs: 4,
  });
  const arrives = (request: number): SimEvent => ({
    timeUs: 1,
    kind: 'request',
    request,
    requestClass: 0,
    counted: true,
  });
  const fault: SimEvent = { timeUs: 2, kind: 'fault', active: true };
  const events = [arrives(1), arrives(2), arrives(3), fault, done(1, 'good'), done(2, 'failed')];
  // Request 3 never ended: that is worth seeing.
  expect(withoutGood(events)).toEqual([arrives(2), arrives(3), fault, done(2, 'failed')]);
});
