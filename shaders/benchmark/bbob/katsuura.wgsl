// f23, Katsuura. The product of powers is taken by its logarithm: in many dimensions it would overflow. Weight 0:
// the exponent 10 / dimension^1.2.
fn value(y: Pairs) -> f32 {
  var z = transform(0u, y);
  var sum = vec2f();
  for (var i = 0u; i < dimension; i++) {
    var rough = vec2f(1.0, 0.0);
    var phase = pair_fraction(z[i]);
    var scale = f32(i + 1u);
    for (var j = 0; j < 32; j++) {
      phase = pair_fraction(2.0 * phase);
      scale *= 0.5;
      rough = pair_add(rough, scale * select(-phase, phase, phase.x > 0.0));
    }
    sum = pair_add(sum, pair_log(rough));
  }
  let n = f32(dimension);
  let product = pair_exp(pair_multiply(weight(0u), sum));
  return 10.0 / n / n * pair_add(product, vec2f(-1.0, 0.0)).x;
}
