// f6, attractive sector: steep where z has the sign of x_opt, which is weight i.
fn value(y: Pairs) -> f32 {
  var z = transform(0u, y);
  var sum = 0.0;
  for (var i = 0u; i < dimension; i++) {
    let slope = select(1.0, 1e4, z[i].x * weight(i).x > 0.0);
    sum += slope * z[i].x * z[i].x;
  }
  if (sum < 1e-30) {
    return 0.0;
  }
  let l = pair_log(oscillate(vec2f(sum, 0.0)));
  return pair_exp(pair_multiply(vec2f(0x1.ccccccp-1, 0x1.99999ap-26), l)).x;
}
