// f12, bent cigar of condition 1e6.
fn value(y: Pairs) -> f32 {
  var t = transform(0u, y);
  for (var i = 0u; i < dimension; i++) {
    t[i] = asymmetric(0.5, i, t[i]);
  }
  var z = transform(0u, t);
  var sum = 0.0;
  for (var i = 0u; i < dimension; i++) {
    sum += select(1e6, 1.0, i == 0u) * z[i].x * z[i].x;
  }
  return sum;
}
