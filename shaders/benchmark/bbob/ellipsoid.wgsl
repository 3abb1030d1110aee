// f2 and, rotated, f10: ellipsoid of condition 1e6. Weight i: 10^(6 i / (dimension - 1)).
fn value(y: Pairs) -> f32 {
  var z = y;
  if (rotated) {
    z = transform(0u, y);
  }
  var sum = 0.0;
  for (var i = 0u; i < dimension; i++) {
    let t = oscillate(z[i]).x;
    sum += weight(i).x * t * t;
  }
  return sum;
}
