// f17 and, of condition 1000, f18: Schaffers F7. s^2 = z^2 + z'^2 enters by its logarithm.
fn value(y: Pairs) -> f32 {
  var t = transform(0u, y);
  for (var i = 0u; i < dimension; i++) {
    t[i] = asymmetric(0.5, i, t[i]);
  }
  var z = transform(1u, t);
  var sum = 0.0;
  for (var i = 0u; i + 1u < dimension; i++) {
    let square = pair_add(pair_multiply(z[i], z[i]), pair_multiply(z[i + 1u], z[i + 1u]));
    if (square.x > 1e-30) {
      let l = pair_log(square);
      let root = pair_exp(0.25 * l).x;
      let wave = pair_multiply(vec2f(50.0, 0.0), pair_exp(pair_divide(l, vec2f(10.0, 0.0))));
      let s = pair_sin(wave).x;
      sum += root * (1.0 + s * s);
    }
  }
  let mean = sum / f32(dimension - 1u);
  return mean * mean;
}
