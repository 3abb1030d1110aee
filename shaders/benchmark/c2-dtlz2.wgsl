// C2-DTLZ2: Jain, Deb, "An evolutionary many-objective optimization algorithm using reference-point based nondominated
// sorting approach, part II", IEEE Transactions on Evolutionary Computation 18 (2014). A point of DTLZ2 has to be within
// `radius` of a corner of the front, or of its middle.

fn evaluate(c: Candidate, e: Episode) -> Score {
  let f = objectives(c);
  return Score(f, array<f32, 1>(violation(f)));
}

fn violation(f: array<f32, objective_count>) -> f32 {
  var squares = 0.0;
  var from_middle = 0.0;
  for (var i = 0u; i < objective_count; i++) {
    let d = f[i] - 1.0 / sqrt(f32(objective_count));
    squares += f[i] * f[i];
    from_middle += d * d;
  }
  var least = from_middle;
  for (var i = 0u; i < objective_count; i++) {
    let d = f[i] - 1.0;
    least = min(least, d * d + squares - f[i] * f[i]);
  }
  return least - radius * radius;
}
