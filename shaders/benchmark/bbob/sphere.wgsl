// f1, sphere.
fn value(y: Pairs) -> f32 {
  var sum = 0.0;
  for (var i = 0u; i < dimension; i++) {
    sum += y[i].x * y[i].x;
  }
  return sum;
}
