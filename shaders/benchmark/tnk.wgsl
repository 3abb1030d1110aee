// Tanaka, Watanabe, Furukawa, Tanino, "GA-based decision support system for multicriteria optimization", IEEE SMC 1995.
fn evaluate(c: Candidate, e: Episode) -> Score {
  let p = vec2f(c.x[0], c.x[1]);
  // The angle of the origin is nobody's; it is infeasible whichever it has.
  let angle = select(atan2(p.x, p.y), 0.0, p.x == 0.0 && p.y == 0.0);
  let away = p - vec2f(0.5, 0.5);
  var score: Score;
  score.objectives[0] = p.x;
  score.objectives[1] = p.y;
  score.violations[0] = 1.0 + 0.1 * cos(16.0 * angle) - dot(p, p);
  score.violations[1] = 2.0 * dot(away, away) - 1.0;
  return score;
}
