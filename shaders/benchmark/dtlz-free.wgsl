// DTLZ1 to DTLZ7 have no constraints.
fn evaluate(c: Candidate, e: Episode) -> Score {
  return Score(objectives(c));
}
