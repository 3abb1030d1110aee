// f19, composite Griewank-Rosenbrock, in u = z - 1: s / 4000 - cos(s) + 1 = s / 4000 + 2 sin(s / 2)^2.
fn value(y: Pairs) -> f32 {
  var u = transform(0u, y);
  var sum = 0.0;
  for (var i = 0u; i + 1u < dimension; i++) {
    let valley = pair_add(pair_multiply(u[i], pair_add(u[i], vec2f(2.0, 0.0))), -u[i + 1u]);
    let steep = pair_multiply(vec2f(100.0, 0.0), pair_multiply(valley, valley));
    let s = pair_add(steep, pair_multiply(u[i], u[i]));
    let wave = pair_sin(0.5 * s).x;
    sum += s.x / 4000.0 + 2.0 * wave * wave;
  }
  return 10.0 * sum / f32(dimension - 1u);
}
