import { describe, expect, it } from 'vitest';
import { UserError } from '../../text';
import { SHOP_YAML } from '../testing/shop';
import { loadScenario } from './load';

describe('a scenario that is right', () => {
  const shop = loadScenario(SHOP_YAML, 'shop.yaml');

  it('has its names resolved to indices', () => {
    expect(shop.services.map(({ name }) => name)).toEqual(['frontend', 'cart', 'catalog']);
    expect(shop.edges.map(({ name }) => name)).toEqual([
      'client -> frontend',
      'frontend -> cart',
      'frontend -> catalog',
    ]);
    expect(shop.operations.map(({ name, service }) => `${service}/${name}`)).toEqual([
      '0/index',
      '0/checkout',
      '1/get',
      '2/list',
      '2/item',
    ]);
    expect(shop.operations[0].steps).toEqual([
      [{ edge: 1, operation: 2, probability: 1, times: 1 }],
      [
        { edge: 2, operation: 3, probability: 1, times: 1 },
        { edge: 2, operation: 4, probability: 0.5, times: 2 },
      ],
    ]);
    expect(shop.classes[1]).toEqual({
      name: 'buy',
      share: 0.25,
      edge: 0,
      operation: 1,
      objectiveUs: 1_500_000,
    });
  });

  it('has its quantities in microseconds, seconds and events a year', () => {
    expect(shop.ratePerS).toBe(20);
    expect(shop.operations[1].self).toEqual({
      kind: 'quantiles',
      at: [0, 0.5, 0.99, 1],
      valuesUs: [1_000, 3_000, 20_000, 80_000],
    });
    expect(shop.edges[1].delay).toEqual({ kind: 'lognormal', meanUs: 2_000, cv2: 1 });
    expect(shop.edges[2].delay).toEqual({ kind: 'constant', valueUs: 1_000 });
    expect(shop.faults[2]).toMatchObject({ ratePerYear: 24, durationS: 1_200, delayUs: 213_000, edges: [1] });
    expect(shop.faults[3]).toMatchObject({ edges: [1, 2], probability: 0.05 });
    expect(shop.windows.recoveryUs).toBe(8_000_000);
    expect(shop.repairS).toBe(1_800);
  });

  it('marks assumed workers and fills in what is not said', () => {
    expect(shop.services[0]).toMatchObject({ workers: 8, workersAssumed: true, maxReplicas: 6 });
    expect(shop.services[2]).toMatchObject({
      workers: 4,
      workersAssumed: false,
      replicas: 2,
      maxReplicas: 6,
    });
    expect(shop.faults[1].zone).toBe(-1);
  });

  it('has its policy and knobs in the units of their fields', () => {
    expect(shop.policy.values).toContainEqual({
      scope: { kind: 'edge', edge: 1 },
      field: 'retryBudget',
      value: 20,
    });
    expect(shop.knobs[0]).toEqual({
      field: 'timeout',
      scope: { kind: 'mesh' },
      min: 50_000,
      max: 10_000_000,
      allowOff: true,
    });
    expect(shop.knobs[2].values).toEqual([10, 34, 50]);
    expect(shop.knobs[3].values).toEqual([0, 1, 2]);
    expect(shop.limits).toEqual([
      { measure: 'attempts', max: 12 },
      { measure: 'attacker-loss', max: 2 },
    ]);
  });
});

/**
 * One mistake each: what is replaced in the shop, by what (¦ marks the place that the message must name), and the path
 * and the words of the message.
 */
const MISTAKES: [name: string, from: string, to: string, path: string, message: string][] = [
  [
    'YAML that does not parse',
    'proxies: 2\ntraffic',
    'proxies: [2\n¦traffic',
    '',
    'not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]; check the indentation, and that every bracket and quote before it is closed',
  ],
  [
    'a key that is there twice',
    'proxies: 2',
    '¦name: Two',
    '',
    'not valid YAML: Map keys must be unique; rename or remove one of the two',
  ],
  ['an unknown key', 'proxies: 2', '¦proxys: 2', 'proxys', "unknown key 'proxys'; did you mean 'proxies'?"],
  [
    'an unknown key deep inside',
    'holdsWorker: false',
    '¦holdWorker: false',
    'services.frontend.operations.checkout.holdWorker',
    "unknown key 'holdWorker'; did you mean 'holdsWorker'?",
  ],
  [
    'a missing key',
    '    workers: 4\n    cost: 20\n    operations:\n      get',
    '    ¦cost: 20\n    operations:\n      get',
    'services.cart.workers',
    'is missing; add a number of workers, such as 8 or { assumed: 8 }',
  ],
  [
    'a call to an unknown service',
    '- cart/get',
    '- ¦cat/get',
    'services.frontend.operations.index.calls[0]',
    "there is no service 'cat'; did you mean 'cart'?",
  ],
  [
    'a call to an unknown operation',
    'call: catalog/item',
    'call: ¦catalog/items',
    'services.frontend.operations.index.calls[1].parallel[1].call',
    "catalog has no operation 'items'; did you mean 'catalog/item'?",
  ],
  [
    'a call that names no operation',
    '- cart/get',
    '- ¦cart',
    'services.frontend.operations.index.calls[0]',
    "'cart' names no operation; write cart/get",
  ],
  [
    'a mistyped key of a call',
    '{ call: cart/get, times: 3 }',
    '{ ¦cal: cart/get, times: 3 }',
    'services.frontend.operations.checkout.calls[0].cal',
    "unknown key 'cal'; did you mean 'call'?",
  ],
  [
    'something that is no call',
    '- cart/get',
    '- ¦7',
    'services.frontend.operations.index.calls[0]',
    "expected a call, found '7'; write a call, such as cartservice/GetCart, { call: ... } or { parallel: [...] }",
  ],
  [
    'a cycle',
    'get: { self: { exponential: 3ms } }',
    'get: { self: 3ms, calls: [¦frontend/index] }',
    'services.cart.operations.get.calls[0]',
    'the calls form a cycle: frontend/index -> cart/get -> frontend/index; remove one of these calls, or give the second visit an operation of its own',
  ],
  [
    'a probability over 1',
    'probability: 50%',
    'probability: ¦1.5',
    'services.frontend.operations.index.calls[1].parallel[1].probability',
    '1.5 is over 1; write 1.5% or a fraction between 0 and 1',
  ],
  [
    'a percentage over 100',
    'sharedSlowness: 45%',
    'sharedSlowness: ¦145%',
    'sharedSlowness',
    '145% is over 100%; write a percentage between 0% and 100%',
  ],
  [
    'a negative time',
    'self: 2ms',
    'self: ¦-2ms',
    'services.catalog.operations.list.self',
    'the duration -2ms is negative; a time is zero or more',
  ],
  [
    'a time without a unit',
    'self: 2ms',
    'self: ¦2',
    'services.catalog.operations.list.self',
    'the duration 2 has no unit; write 2ms or 2s',
  ],
  [
    'a time beyond the clock',
    'recovery: 8s',
    'recovery: ¦2h',
    'windows.recovery',
    '2h is longer than the simulated clock runs; stay under 4294s',
  ],
  [
    'windows beyond the clock together',
    'windows: { warmup: 2s, healthy: 5s',
    'windows: ¦{ warmup: 1h, healthy: 1h',
    'windows',
    'the windows together outlast an episode of the simulator; stay within 1800s in all',
  ],
  [
    'a rate beyond what the clock tells apart',
    'rate: 20/s',
    'rate: ¦200000/s',
    'traffic.rate',
    '200000 requests a second are more than a clock of microseconds can tell apart; stay within 100000/s: simulate a share of the traffic on as large a share of the replicas',
  ],
  [
    'an attack beyond it',
    'attackRate: 50/s',
    'attackRate: ¦100001/s',
    'faults[7].attackRate',
    '100001 more requests a second are more than a clock of microseconds can tell apart; stay within 100000/s',
  ],
  [
    'a rate without a unit',
    'rate: 20/s',
    'rate: ¦20',
    'traffic.rate',
    'the rate 20 has no unit; write 20/s or 20/year',
  ],
  [
    'shares that miss 1',
    'classes:\n    browse: { share: 75%',
    '¦classes:\n    browse: { share: 65%',
    'traffic.classes',
    'the shares sum to 90%; make them sum to 100%',
  ],
  [
    'quantiles that stop short',
    '{ 0: 1ms, 0.5: 3ms, 0.99: 20ms, 1: 80ms }',
    '¦{ 0: 1ms, 0.5: 3ms, 0.99: 20ms }',
    'services.frontend.operations.checkout.self.quantiles',
    'the quantiles stop short of 0 and 1; add the least value at 0 and the greatest at 1',
  ],
  [
    'quantiles that fall',
    '0.99: 20ms',
    '0.99: ¦2ms',
    'services.frontend.operations.checkout.self.quantiles["0.99"]',
    'the value falls below that at 0.5; let the values ascend',
  ],
  [
    'two zones of one name',
    'zones: [a, b, c]',
    'zones: [a, b, ¦a]',
    'zones[2]',
    "two zones are called 'a'; rename one of them",
  ],
  [
    'two faults of one name',
    'name: rush',
    'name: ¦slow',
    'faults[6].name',
    "two faults are called 'slow'; rename one of them",
  ],
  [
    'an unknown kind of fault',
    'kind: overload',
    'kind: ¦overlord',
    'faults[6].kind',
    "there is no kind of fault 'overlord'; did you mean 'overload'?",
  ],
  [
    'a fault at an unknown service',
    'service: cart, rate',
    'service: ¦card, rate',
    'faults[0].service',
    "there is no service 'card'; did you mean 'cart'?",
  ],
  [
    'a fault on an unknown link',
    'links: frontend -> cart, d',
    'links: ¦frontend -> kart, d',
    'faults[2].links',
    "there is no link 'frontend -> kart'; did you mean 'frontend -> cart'?",
  ],
  [
    'a link that nobody calls',
    '  frontend -> cart: { delay: {',
    '  ¦cart -> frontend: { delay: {',
    'links["cart -> frontend"]',
    "there is no link 'cart -> frontend'; did you mean 'client -> frontend'?",
  ],
  [
    'more replicas than allowed',
    'replicas: 1\n',
    'replicas: ¦7\n',
    'services.frontend.replicas',
    '7 replicas are more than maxReplicas, 6; raise maxReplicas',
  ],
  [
    'a policy field that is none',
    'retries: 2 }',
    '¦retrys: 2 }',
    'policy.mesh.retrys',
    "there is no policy field 'retrys'; did you mean 'retries'?",
  ],
  [
    'a policy value of the wrong kind',
    'timeout: 500ms',
    'timeout: ¦soon',
    'policy.calls["frontend -> cart"].timeout',
    "timeout can't be 'soon'; write a duration such as 250ms",
  ],
  [
    "a service's field on a call",
    'timeout: 500ms',
    '¦queueLimit: 5',
    'policy.calls["frontend -> cart"].queueLimit',
    'queueLimit belongs to a service, not to a call; set it under services',
  ],
  [
    'a knob that names no field',
    'field: retries',
    'field: ¦retires',
    'knobs[1].field',
    "there is no field 'retires'; did you mean 'retries'?",
  ],
  [
    'an empty range',
    'range: [0, 4]',
    'range: ¦[4, 0]',
    'knobs[1].range',
    'the range from 4 to off is empty; write the lower bound first, then a higher one',
  ],
  [
    "a range outside the field's bounds",
    'range: [0, 4]',
    'range: [0, ¦40]',
    'knobs[1].range[1]',
    "retries can't be 40; write off to 10",
  ],
  [
    'a range beyond maxReplicas',
    'range: [1, 3]',
    'range: [1, ¦4]',
    'knobs[4].range[1]',
    '4 replicas are over maxReplicas; stay at or below 3',
  ],
  [
    'two knobs for one field',
    '{ field: retries, range: [0, 4]',
    '¦{ field: timeout, range: [1s, 2s]',
    'knobs[1]',
    'there are two knobs for timeout at this scope; remove one of them',
  ],
  [
    'a knob without bounds',
    '{ field: retries, range: [0, 4]',
    '¦{ field: retries',
    'knobs[1]',
    'the knob retries has no range; add range: [off, 10] or narrower',
  ],
  [
    'an off that the field has not',
    '50%] }',
    '50%], off: ¦true }',
    'knobs[2].off',
    "ejectMaxPercent can't be off; remove off",
  ],
  [
    'too many times',
    'times: 3',
    'times: ¦100',
    'services.frontend.operations.checkout.calls[0].times',
    '100 is out of bounds; write a number from 1 to 64',
  ],
  [
    'more zones than fit',
    'zones: [a, b, c]',
    'zones: ¦[a, b, c, d, e, f, g, h, i]',
    'zones',
    'there are too many zones; at most 8 are simulated',
  ],
  [
    'another version',
    'tardigrade: 1',
    'tardigrade: ¦2',
    'tardigrade',
    'this is not a version that can be read; write tardigrade: 1',
  ],
  ['no traffic', 'rate: 20/s', 'rate: ¦0/s', 'traffic.rate', 'there is no traffic; write a rate above zero'],
  [
    'a limit on nothing',
    'attempts: 12',
    '¦atempts: 12',
    'limits.atempts',
    "unknown key 'atempts'; did you mean 'attempts'?",
  ],
  [
    'an objective that is none',
    'slow-share, cost]',
    '¦speed, cost]',
    'objectives[1]',
    "there is no objective 'speed'; the objective can be downtime, slow-share, cost, attempts, attacker-loss, unrecovered",
  ],
];

/** Line and column, from 1, of the mark in a text. */
function placeOfMark(marked: string): { line: number; column: number } {
  const before = marked.slice(0, marked.indexOf('¦')).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

function mistakeIn(yaml: string): UserError {
  try {
    loadScenario(yaml, 'shop.yaml');
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('the scenario was accepted');
}

describe('a scenario with one mistake', () => {
  it.each(MISTAKES)('%s', (_, from, to, path, message) => {
    expect(SHOP_YAML).toContain(from);
    const marked = SHOP_YAML.replace(from, to);
    const { line, column } = placeOfMark(marked);
    const told = mistakeIn(marked.replace('¦', ''));
    expect(told.location).toEqual({ file: 'shop.yaml', line, column, path: path || undefined });
    expect(`${told.what}; ${told.mend}`).toBe(message);
    expect(`${told}`).toBe(`shop.yaml:${line}:${column}: ${path ? `${path}: ` : ''}${message}`);
  });

  it('over what an overload may add', () => {
    const told = mistakeIn(SHOP_YAML.replace('rate: 20/s', 'rate: 80000/s'));
    expect(told.location?.path).toBe('faults[6].factor');
    expect(told.what).toBe(
      '160000 more requests a second are more than a clock of microseconds can tell apart',
    );
    expect(told.mend).toBe('stay within 2.25');
  });

  it('over the calls that one request may make', () => {
    const calls = Array.from({ length: 30 }, () => '{ call: cart/get, times: 64 }').join(', ');
    const told = mistakeIn(SHOP_YAML.replace('- { call: cart/get, times: 3 }', `- parallel: [${calls}]`));
    expect(told.what).toBe('one such request makes up to 1921 calls');
    expect(told.location?.path).toBe('traffic.classes.buy.entry');
  });

  it('or with nothing in it', () => {
    expect(`${mistakeIn('')}`).toBe(
      'shop.yaml:1:1: expected a map, found nothing; write a map, such as { tardigrade: ... }',
    );
  });
});
