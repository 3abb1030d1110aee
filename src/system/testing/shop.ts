/** A small scenario for tests: two services behind a frontend, every kind of fault, knobs at every scope. */
export const SHOP_YAML = `tardigrade: 1
name: Shop
source: written by hand
zones: [a, b, c]
proxies: 2
traffic:
  rate: 20/s
  classes:
    browse: { share: 75%, entry: frontend/index, objective: 500ms }
    buy: { share: 0.25, entry: frontend/checkout, objective: 1.5s }
services:
  frontend:
    replicas: 1
    maxReplicas: 6
    workers: { assumed: 8 }
    cost: 30
    operations:
      index:
        self: { lognormal: { mean: 4ms, cv2: 2 } }
        calls:
          - cart/get
          - parallel: [catalog/list, { call: catalog/item, probability: 50%, times: 2 }]
      checkout:
        self: { quantiles: { 0: 1ms, 0.5: 3ms, 0.99: 20ms, 1: 80ms } }
        holdsWorker: false
        calls:
          - { call: cart/get, times: 3 }
  cart:
    workers: 4
    cost: 20
    operations:
      get: { self: { exponential: 3ms } }
  catalog:
    replicas: 2
    workers: 4
    cost: 20
    operations:
      list: { self: 2ms }
      item: { self: 1ms }
links:
  default: { delay: 1ms }
  client -> frontend: { delay: 5ms }
  frontend -> cart: { delay: { lognormal: { mean: 2ms, cv2: 1 } } }
sharedSlowness: 45%
windows: { warmup: 2s, healthy: 5s, onset: 5s, steady: 5s, recovery: 8s }
faults:
  - { name: crash, kind: replica-crash, service: cart, rate: 12/year, duration: 30s }
  - { name: zone, kind: zone-outage, rate: 1/year, duration: 1h }
  - { name: slow-link, kind: link-latency, links: frontend -> cart, delay: 213ms, rate: 2/month, duration: 20m }
  - { name: loss, kind: link-loss, links: ['* -> cart', 'frontend -> catalog'], probability: 5%, rate: 4/year, duration: 10m }
  - { name: slow, kind: slow-replica, service: catalog, factor: 10, replicaShare: 50%, rate: 6/year, duration: 30m }
  - { name: errors, kind: error-replies, service: catalog, probability: 30%, rate: 6/year, duration: 15m }
  - { name: rush, kind: overload, factor: 3, rate: 10/year, duration: 10m }
  - { name: flood, kind: attack-flood, class: browse, attackRate: 50/s, rate: 5/year, duration: 1h }
policy:
  mesh: { timeout: 15s, retries: 2 }
  services:
    cart: { replicas: 2, queueLimit: 100 }
  calls:
    frontend -> cart: { timeout: 500ms, retryBudget: 20% }
knobs:
  - { field: timeout, range: [50ms, 10s], off: true }
  - { field: retries, range: [0, 4] }
  - { field: ejectMaxPercent, values: [10%, 34%, 50%] }
  - { field: loadBalancing }
  - { field: replicas, scope: { service: cart }, range: [1, 3] }
  - { field: timeout, scope: { call: frontend -> cart }, range: [50ms, 2s] }
objectives: [downtime, slow-share, cost]
limits: { attempts: 12, attacker-loss: 2 }
`;
