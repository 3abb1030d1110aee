// f5, linear slope: the optimum is a corner, and weight i the slope 10^(i / (dimension - 1)).
fn value(y: Pairs) -> f32 {
  var sum = 0.0;
  for (var i = 0u; i < dimension; i++) {
    sum += weight(i).x * abs(y[i].x);
  }
  return sum;
}
