// f4, Bueche-Rastrigin. Weight i: 10^(i / 2 / (dimension - 1)).
fn value(y: Pairs) -> f32 {
  var sum = 0.0;
  for (var i = 0u; i < dimension; i++) {
    let steep = y[i].x > 0.0 && (i & 1u) == 0u;
    let scale = pair_multiply(weight(i), vec2f(select(1.0, 10.0, steep), 0.0));
    let z = pair_multiply(scale, oscillate(y[i]));
    sum += 10.0 * ripple(z) + z.x * z.x;
  }
  return sum;
}
