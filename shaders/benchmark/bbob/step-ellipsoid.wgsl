// f7, step ellipsoid: plateaus. Weight i: 10^(2 i / (dimension - 1)).
fn value(y: Pairs) -> f32 {
  var z = transform(0u, y);
  let slope = abs(z[0].x) * 1e-4;
  for (var i = 0u; i < dimension; i++) {
    let tenth = abs(z[i].x) <= 0.5;
    let scale = select(1.0, 10.0, tenth);
    let scaled = pair_multiply(z[i], vec2f(scale, 0.0));
    let stepped = floor_pair(pair_add(scaled, vec2f(0.5, 0.0)));
    z[i] = pair_divide(vec2f(stepped, 0.0), vec2f(scale, 0.0));
  }
  z = transform(1u, z);
  var sum = 0.0;
  for (var i = 0u; i < dimension; i++) {
    sum += weight(i).x * z[i].x * z[i].x;
  }
  return 0.1 * max(slope, sum);
}

fn floor_pair(a: vec2f) -> f32 {
  let whole = floor(a.x);
  return select(whole, whole - 1.0, whole == a.x && a.y < 0.0);
}
