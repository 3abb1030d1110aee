// f11, discus of condition 1e6.
fn value(y: Pairs) -> f32 {
  var z = transform(0u, y);
  var sum = 0.0;
  for (var i = 0u; i < dimension; i++) {
    let t = oscillate(z[i]).x;
    sum += select(1.0, 1e6, i == 0u) * t * t;
  }
  return sum;
}
