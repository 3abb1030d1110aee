// f8 and, rotated, f9: Rosenbrock, in u = z - 1, so that the optimum is at u = 0. Weight 0: the scale of z.
fn value(y: Pairs) -> f32 {
  var u = y;
  if (rotated) {
    u = transform(0u, y);
  }
  var sum = 0.0;
  for (var i = 0u; i + 1u < dimension; i++) {
    let here = pair_multiply(u[i], weight(0u));
    let next = pair_multiply(u[i + 1u], weight(0u));
    // z^2 - z' = u^2 + 2 u - u'.
    let valley = pair_add(pair_multiply(here, pair_add(here, vec2f(2.0, 0.0))), -next).x;
    sum += 100.0 * valley * valley + here.x * here.x;
  }
  return sum;
}
