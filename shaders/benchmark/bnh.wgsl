// Binh, Korn, "MOBES: a multiobjective evolution strategy for constrained optimization problems", Mendel 1997.
fn evaluate(c: Candidate, e: Episode) -> Score {
  let p = vec2f(c.x[0], c.x[1]);
  let to_five = p - vec2f(5.0, 5.0);
  let inside = p - vec2f(5.0, 0.0);
  let outside = p - vec2f(8.0, -3.0);
  var score: Score;
  score.objectives[0] = 4.0 * dot(p, p);
  score.objectives[1] = dot(to_five, to_five);
  score.violations[0] = dot(inside, inside) / 25.0 - 1.0;
  score.violations[1] = 1.0 - dot(outside, outside) / 7.7;
  return score;
}
