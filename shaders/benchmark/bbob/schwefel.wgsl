// f20, Schwefel: x sin(sqrt |x|), its optimum in a corner region. Weight i: the sign of x_opt times 10^(i / 2 / (dimension
// - 1)).

/// 200 times |x_opt|: where x sin(sqrt |x|) peaks; and its value there.
const PEAK = vec2f(0x1.a4f8p+8, -0x1.e735dap-19);
const PEAK_VALUE = vec2f(0x1.a2fb9ep+8, 0x1.002584p-17);

fn value(y: Pairs) -> f32 {
  var sum = vec2f();
  var penalty = 0.0;
  var before = vec2f();
  for (var i = 0u; i < dimension; i++) {
    let own = select(-2.0, 2.0, weight(i).x > 0.0) * y[i];
    let hat = pair_add(own, 0.25 * before);
    let z = pair_add(pair_multiply(vec2f(100.0, 0.0), pair_multiply(select(-weight(i), weight(i), weight(i).x > 0.0), hat)), PEAK);
    let size = select(-z, z, z.x > 0.0);
    sum = pair_add(sum, pair_add(-pair_multiply(z, pair_sin(pair_sqrt(size))), PEAK_VALUE));
    let outside = max(size.x - 500.0, 0.0);
    penalty += outside * outside;
    before = own;
  }
  return 0.01 * (penalty + sum.x / f32(dimension));
}
