// ZDT1 to ZDT4 and ZDT6: Zitzler, Deb, Thiele, "Comparison of multiobjective evolutionary algorithms: empirical results",
// Evolutionary Computation 8 (2000). src/problem/benchmark/zdt.ts writes `problem` and `length`.

const PI = 3.1415927;

fn evaluate(c: Candidate, e: Episode) -> Score {
  let others = f32(length - 1u);
  var sum = 0.0;
  for (var i = 1u; i < length; i++) {
    if (problem == 4u) {
      let s = sin(2.0 * PI * c.x[i]);
      // 10 - 10 cos(4 pi x).
      sum += c.x[i] * c.x[i] + 20.0 * s * s;
    } else {
      sum += c.x[i];
    }
  }
  var f = c.x[0];
  var g = 1.0 + 9.0 * sum / others;
  if (problem == 4u) {
    g = 1.0 + sum;
  }
  if (problem == 6u) {
    f = 1.0 - exp(-4.0 * f) * pow6(sin(6.0 * PI * f));
    g = 1.0 + 9.0 * sqrt(sqrt(sum / others));
  }
  let ratio = f / g;
  var h: f32;
  switch (problem) {
    case 1u, 4u: {
      h = 1.0 - sqrt(ratio);
    }
    case 3u: {
      h = 1.0 - sqrt(ratio) - ratio * sin(10.0 * PI * f);
    }
    default: {
      h = 1.0 - ratio * ratio;
    }
  }
  var score: Score;
  score.objectives[0] = f;
  score.objectives[1] = g * h;
  return score;
}

fn pow6(x: f32) -> f32 {
  let cube = x * x * x;
  return cube * cube;
}
