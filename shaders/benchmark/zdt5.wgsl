// ZDT5 (Zitzler, Deb, Thiele 2000) counts bits: 30 in the first string, 5 in each of ten others.
fn evaluate(c: Candidate, e: Episode) -> Score {
  var ones = 0;
  for (var i = 0u; i < 30u; i++) {
    ones += select(0, 1, c.x[i]);
  }
  var g = 0;
  for (var s = 30u; s < 80u; s += 5u) {
    var u = 0;
    for (var i = s; i < s + 5u; i++) {
      u += select(0, 1, c.x[i]);
    }
    g += select(2 + u, 1, u == 5);
  }
  var score: Score;
  score.objectives[0] = f32(1 + ones);
  score.objectives[1] = f32(g) / f32(1 + ones);
  return score;
}
