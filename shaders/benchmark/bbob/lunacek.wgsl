// f24, Lunacek bi-Rastrigin: two funnels. Weight i: the sign of x_opt.
fn value(y: Pairs) -> f32 {
  let n = f32(dimension);
  let s = 1.0 - 0.5 / (sqrt(n + 20.0) - 4.1);
  // Between the funnels' bottoms, mu0 = 2.5 and mu1 = -sqrt((mu0^2 - 1) / s).
  let apart = 2.5 + sqrt(5.25 / s);
  var own = y;
  var near = 0.0;
  var far = 0.0;
  for (var i = 0u; i < dimension; i++) {
    own[i] = 2.0 * weight(i).x * own[i];
    near += own[i].x * own[i].x;
    far += (own[i].x + apart) * (own[i].x + apart);
  }
  var z = transform(0u, own);
  var ripples = 0.0;
  for (var i = 0u; i < dimension; i++) {
    ripples += ripple(z[i]);
  }
  return min(near, n + s * far) + 10.0 * ripples;
}
