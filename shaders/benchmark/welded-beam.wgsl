// Welded beam: cost and deflection, in the normalised form of Deb, Pratap, Agarwal, Meyarivan, IEEE Transactions on
// Evolutionary Computation 6 (2002). Lengths in inches, forces in pounds; members h, l, t, b as usual.

/// Load, overhang, and the most shear and bending stress allowed.
const LOAD = 6000.0;
const OVERHANG = 14.0;
const MOST_SHEAR = 13600.0;
const MOST_BENDING = 30000.0;

fn evaluate(c: Candidate, e: Episode) -> Score {
  let half = 0.5 * (c.h + c.t);
  let arm_squared = 0.25 * c.l * c.l + half * half;
  let arm = sqrt(arm_squared);
  let inertia = sqrt(2.0) * c.h * c.l * (c.l * c.l / 12.0 + half * half);
  let direct = LOAD / (sqrt(2.0) * c.h * c.l);
  let torsion = LOAD * (OVERHANG + 0.5 * c.l) * arm / inertia;
  let shear = sqrt(direct * direct + torsion * torsion + direct * torsion * c.l / arm);
  let bending = 6.0 * LOAD * OVERHANG / (c.b * c.t * c.t);
  let buckling = 64746.022 * (1.0 - 0.0282346 * c.t) * c.t * c.b * c.b * c.b;
  var score: Score;
  score.objectives[0] = 1.10471 * c.h * c.h * c.l + 0.04811 * c.t * c.b * (OVERHANG + c.l);
  score.objectives[1] = 2.1952 / (c.b * c.t * c.t * c.t);
  score.violations[0] = shear / MOST_SHEAR - 1.0;
  score.violations[1] = bending / MOST_BENDING - 1.0;
  // Of the range of either.
  score.violations[2] = (c.h - c.b) / 4.875;
  score.violations[3] = 1.0 - buckling / LOAD;
  return score;
}
