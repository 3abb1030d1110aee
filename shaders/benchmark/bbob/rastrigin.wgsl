// f3, Rastrigin. Weight i: 10^(i / 2 / (dimension - 1)).
fn value(y: Pairs) -> f32 {
  var sum = 0.0;
  for (var i = 0u; i < dimension; i++) {
    let z = pair_multiply(weight(i), asymmetric(0.2, i, oscillate(y[i])));
    sum += 10.0 * ripple(z) + z.x * z.x;
  }
  return sum;
}
