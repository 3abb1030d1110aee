import type { Domain } from '../worker/api';

/** A function to begin with. */
export interface Example {
  readonly name: string;
  readonly domain: Domain;
  readonly wgsl: string;
}

export const EXAMPLES: readonly Example[] = [
  {
    name: 'Rastrigin: many valleys',
    domain: { x: [-5.12, 5.12], y: [-5.12, 5.12] },
    wgsl: `// Smaller is better. Change anything, and run it.
fn evaluate(c: Candidate, e: Episode) -> Score {
  var sum = 20.0;
  for (var i = 0; i < 2; i++) {
    let v = select(c.y, c.x, i == 0);
    sum += v * v - 10.0 * cos(6.2831853 * v);
  }
  return Score(array(sum));
}
`,
  },
  {
    name: 'Rosenbrock: one bent valley',
    domain: { x: [-2, 2], y: [-1, 3] },
    wgsl: `fn evaluate(c: Candidate, e: Episode) -> Score {
  let bend = c.y - c.x * c.x;
  let rest = 1.0 - c.x;
  return Score(array(100.0 * bend * bend + rest * rest));
}
`,
  },
  {
    name: 'Himmelblau: four best points',
    domain: { x: [-5, 5], y: [-5, 5] },
    wgsl: `fn evaluate(c: Candidate, e: Episode) -> Score {
  let a = c.x * c.x + c.y - 11.0;
  let b = c.x + c.y * c.y - 7.0;
  return Score(array(a * a + b * b));
}
`,
  },
  {
    name: 'A cliff beside the best',
    domain: { x: [-5, 5], y: [-5, 5] },
    wgsl: `// As it is with fault tolerance: the cheapest setting lies right beside the one that collapses.
fn evaluate(c: Candidate, e: Episode) -> Score {
  let capacity = c.x + 0.3 * sin(2.0 * c.y);
  let collapsed = capacity < 0.0;
  let cost = 1.0 + (c.x + 5.0) * 0.4 + 0.05 * c.y * c.y;
  return Score(array(select(cost, 40.0, collapsed)));
}
`,
  },
];
