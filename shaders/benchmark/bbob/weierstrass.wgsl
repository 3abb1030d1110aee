// f16, Weierstrass, less its value at the optimum term by term: cos(2 pi 3^k (z + 1/2)) + 1 = 1 - cos(2 pi 3^k z).
fn value(y: Pairs) -> f32 {
  var t = transform(0u, y);
  for (var i = 0u; i < dimension; i++) {
    t[i] = oscillate(t[i]);
  }
  var z = transform(1u, t);
  var sum = vec2f();
  for (var i = 0u; i < dimension; i++) {
    var phase = pair_fraction(z[i]);
    var amplitude = 1.0;
    for (var k = 0; k < 12; k++) {
      sum = pair_add(sum, vec2f(amplitude * ripple(phase), 0.0));
      phase = pair_fraction(pair_multiply(phase, vec2f(3.0, 0.0)));
      amplitude *= 0.5;
    }
  }
  let mean = pair_divide(sum, vec2f(f32(dimension), 0.0));
  return 10.0 * pair_multiply(pair_multiply(mean, mean), mean).x;
}
