// DTLZ1 to DTLZ7: Deb, Thiele, Laumanns, Zitzler, "Scalable multi-objective optimization test problems", CEC 2002.
// src/problem/benchmark/dtlz.ts writes `problem`, `length` and `objective_count`.

const PI = 3.1415927;
/// Variables before this one place a point on the front, the others its distance.
const DISTANCE = objective_count - 1u;

fn distance_to_front(c: Candidate) -> f32 {
  var sum = 0.0;
  for (var i = DISTANCE; i < length; i++) {
    let d = c.x[i] - 0.5;
    switch (problem) {
      case 1u, 3u: {
        let s = sin(10.0 * PI * d);
        // 1 - cos(20 pi d).
        sum += d * d + 2.0 * s * s;
      }
      case 6u: {
        sum += pow(c.x[i], 0.1);
      }
      case 7u: {
        sum += c.x[i];
      }
      default: {
        sum += d * d;
      }
    }
  }
  switch (problem) {
    case 1u, 3u: {
      return 100.0 * sum;
    }
    case 7u: {
      return 1.0 + 9.0 * sum / f32(length - DISTANCE);
    }
    default: {
      return sum;
    }
  }
}

/// Angle i of a point on the sphere, in quarter turns.
fn angle(c: Candidate, i: u32, g: f32) -> f32 {
  if (problem == 4u) {
    return pow(c.x[i], 100.0);
  }
  if ((problem == 5u || problem == 6u) && i > 0u) {
    return (1.0 + 2.0 * g * c.x[i]) / (2.0 * (1.0 + g));
  }
  return c.x[i];
}

fn objectives(c: Candidate) -> array<f32, objective_count> {
  let g = distance_to_front(c);
  var f: array<f32, objective_count>;
  if (problem == 7u) {
    var h = f32(objective_count);
    for (var i = 0u; i < DISTANCE; i++) {
      f[i] = c.x[i];
      h -= f[i] / (1.0 + g) * (1.0 + sin(3.0 * PI * f[i]));
    }
    f[DISTANCE] = (1.0 + g) * h;
    return f;
  }
  // The last objective has the first variable alone; each before it one variable more.
  var product = select(1.0 + g, 0.5 * (1.0 + g), problem == 1u);
  for (var i = 0u; i < DISTANCE; i++) {
    if (problem == 1u) {
      f[DISTANCE - i] = product * (1.0 - c.x[i]);
      product *= c.x[i];
    } else {
      let turn = angle(c, i, g);
      f[DISTANCE - i] = product * sin(turn * (PI / 2.0));
      // The cosine, never below zero: a negative one would make what lies far behind the front's edge look better.
      product *= sin((1.0 - turn) * (PI / 2.0));
    }
  }
  f[0] = product;
  return f;
}
