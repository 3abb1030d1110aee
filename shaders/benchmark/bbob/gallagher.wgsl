// f21 and f22, Gallagher's Gaussian peaks. A peak has, after the matrix, `1 + 2 dimension` words: its height, its widths,
// and its place from the optimum in rotated coordinates.
fn value(y: Pairs) -> f32 {
  var z = transform(0u, y);
  var below = 10.0;
  for (var peak = 0u; peak < peaks; peak++) {
    let at = MATRICES + MATRIX_WORDS + peak * (1u + 2u * dimension);
    var distance = 0.0;
    for (var i = 0u; i < dimension; i++) {
      let away = z[i].x - real(at + 1u + dimension + i);
      distance += real(at + 1u + i) * away * away;
    }
    let height = real(at);
    below = min(below, (10.0 - height) + height * decay(0.5 / f32(dimension) * distance));
  }
  let t = oscillate(vec2f(below, 0.0)).x;
  return t * t;
}

/// 1 - e^-q, with all its digits near q = 0.
fn decay(q: f32) -> f32 {
  if (q > 0.1) {
    return 1.0 - exp(-q);
  }
  return q * (1.0 - q / 2.0 * (1.0 - q / 3.0 * (1.0 - q / 4.0 * (1.0 - q / 5.0))));
}
