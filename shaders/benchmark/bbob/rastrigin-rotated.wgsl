// f15, rotated Rastrigin.
fn value(y: Pairs) -> f32 {
  var t = transform(0u, y);
  for (var i = 0u; i < dimension; i++) {
    t[i] = asymmetric(0.2, i, oscillate(t[i]));
  }
  var z = transform(1u, t);
  var sum = 0.0;
  for (var i = 0u; i < dimension; i++) {
    sum += 10.0 * ripple(z[i]) + z[i].x * z[i].x;
  }
  return sum;
}
