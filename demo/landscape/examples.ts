/** Functions to begin with. */
export const EXAMPLES = [
  {
    name: 'Rastrigin: many valleys',
    wgsl: `// Smaller is better. x and y are in [-5, 5].
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
    wgsl: `fn evaluate(c: Candidate, e: Episode) -> Score {
  let bend = c.y - c.x * c.x;
  let rest = 1.0 - c.x;
  return Score(array(100.0 * bend * bend + rest * rest));
}
`,
  },
  {
    name: 'A cliff beside the best',
    wgsl: `// As it is with fault tolerance: the cheapest setting lies right beside the one that collapses.
fn evaluate(c: Candidate, e: Episode) -> Score {
  let capacity = c.x + 0.3 * sin(2.0 * c.y);
  let collapsed = capacity < 0.0;
  let cost = 1.0 + (c.x + 5.0) * 0.4 + 0.05 * c.y * c.y;
  return Score(array(select(cost, 40.0, collapsed)));
}
`,
  },
] as const;
