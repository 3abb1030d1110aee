// f14, different powers.
fn value(y: Pairs) -> f32 {
  var z = transform(0u, y);
  var sum = 0.0;
  for (var i = 0u; i < dimension; i++) {
    if (abs(z[i].x) > 1e-30) {
      let exponent = pair_add(pair_divide(vec2f(4.0 * f32(i), 0.0), vec2f(f32(dimension - 1u), 0.0)), vec2f(2.0, 0.0));
      sum += pair_exp(pair_multiply(exponent, pair_log(select(-z[i], z[i], z[i].x > 0.0)))).x;
    }
  }
  return sqrt(sum);
}
