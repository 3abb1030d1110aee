// Osyczka, Kundu, "A new method to solve generalized multicriteria optimization problems using the simple genetic
// algorithm", Structural Optimization 10 (1995).
fn square(x: f32) -> f32 {
  return x * x;
}

fn evaluate(c: Candidate, e: Episode) -> Score {
  let x = c.x;
  var score: Score;
  score.objectives[0] = -25.0 * square(x[0] - 2.0) - square(x[1] - 2.0) - square(x[2] - 1.0) - square(x[3] - 4.0)
    - square(x[4] - 1.0);
  score.objectives[1] = x[0] * x[0] + x[1] * x[1] + x[2] * x[2] + x[3] * x[3] + x[4] * x[4] + x[5] * x[5];
  score.violations[0] = 1.0 - (x[0] + x[1]) / 2.0;
  score.violations[1] = (x[0] + x[1]) / 6.0 - 1.0;
  score.violations[2] = (x[1] - x[0]) / 2.0 - 1.0;
  score.violations[3] = (x[0] - 3.0 * x[1]) / 2.0 - 1.0;
  score.violations[4] = (square(x[2] - 3.0) + x[3]) / 4.0 - 1.0;
  score.violations[5] = 1.0 - (square(x[4] - 3.0) + x[5]) / 4.0;
  return score;
}
