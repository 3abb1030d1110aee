// What the BBOB functions share (Hansen, Finck, Ros, Auger, "Real-parameter black-box optimization benchmarking 2009:
// noiseless functions definitions", INRIA RR-6829). A function is a file that defines `fn value(y) -> f32` of y = x -
// x_opt. It uses benchmark/pair.wgsl; src/problem/benchmark/bbob writes `dimension` and lays out `data`.

alias Vector = array<f32, dimension>;
/// Coordinates as pairs of f32.
alias Pairs = array<vec2f, dimension>;

/// A step of the genes' grid on [-5, 5], as a pair.
const STEP = vec2f(0x1.4p-29, 0.0);

fn real(index: u32) -> f32 {
  return bitcast<f32>(data[index]);
}

/// x - x_opt: for genes, the difference is taken in whole steps of the grid, so that nothing is lost near the optimum;
/// points come as pairs, the difference taken already.
fn from_optimum(first: u32) -> Pairs {
  var y: Pairs;
  if (points) {
    for (var i = 0u; i < dimension; i++) {
      y[i] = vec2f(bitcast<f32>(genes[first + 2u * i]), bitcast<f32>(genes[first + 2u * i + 1u]));
    }
    return y;
  }
  for (var i = 0u; i < dimension; i++) {
    let gene = genes[first + i];
    let whole = data[2u * i];
    let above = gene >= whole;
    let steps = select(whole - gene, gene - whole, above);
    let difference = quick_two_sum(f32(steps & 0xffff0000u), f32(steps & 0xffffu));
    let signed = select(-difference, difference, above);
    y[i] = pair_multiply(pair_add(signed, vec2f(-real(2u * i + 1u), 0.0)), STEP);
  }
  return y;
}

/// A parameter of coordinate i.
fn weight(i: u32) -> vec2f {
  return vec2f(real(2u * (dimension + i)), real(2u * (dimension + i) + 1u));
}

/// Words before the matrices.
const MATRICES = 4u * dimension;
const MATRIX_WORDS = 2u * dimension * dimension;

/// The product with matrix 0 or 1.
fn transform(matrix: u32, y: Pairs) -> Pairs {
  var z: Pairs;
  for (var i = 0u; i < dimension; i++) {
    var sum = vec2f();
    for (var j = 0u; j < dimension; j++) {
      let at = MATRICES + matrix * MATRIX_WORDS + 2u * (i * dimension + j);
      sum = pair_add(sum, pair_multiply(vec2f(real(at), real(at + 1u)), y[j]));
    }
    z[i] = sum;
  }
  return z;
}

/// T_osz: smooth local irregularities that keep order and sign, x e^(0.049 (sin(10 c ln|x|) + sin(10 c' ln|x|))).
fn oscillate(x: vec2f) -> vec2f {
  if (abs(x.x) < 1e-30) {
    return x;
  }
  let l = pair_log(select(-x, x, x.x > 0.0));
  // 10 and 7.9 above zero, 5.5 and 3.1 below.
  let first = select(vec2f(5.5, 0.0), vec2f(10.0, 0.0), x.x > 0.0);
  let second = select(vec2f(0x1.8cccccp+1, 0x1.99999ap-24), vec2f(0x1.f9999ap+2, -0x1.99999ap-24), x.x > 0.0);
  let waves = pair_add(pair_sin(pair_multiply(first, l)), pair_sin(pair_multiply(second, l)));
  let exponent = pair_multiply(waves, vec2f(0x1.916872p-5, 0x1.60418ap-30));
  return pair_multiply(x, pair_exp(exponent));
}

/// T_asy^beta of coordinate i: breaks the symmetry between the two sides of the optimum.
fn asymmetric(beta: f32, i: u32, x: vec2f) -> vec2f {
  if (x.x < 1e-30) {
    return x;
  }
  let share = pair_divide(vec2f(beta * f32(i), 0.0), vec2f(f32(dimension - 1u), 0.0));
  let exponent = pair_multiply(pair_multiply(share, pair_sqrt(x)), pair_log(x));
  return pair_multiply(x, pair_exp(exponent));
}

/// 1 - cos(2 pi a) = 2 sin(pi a)^2, with all its digits near whole a; the sine by its Taylor series up to pi / 2.
fn ripple(a: vec2f) -> f32 {
  let angle = 3.1415927 * pair_fraction(a).x;
  let q = angle * angle;
  let s = angle * (1.0 + q * (-1.0 / 6.0 + q * (1.0 / 120.0 + q * (-1.0 / 5040.0 + q * (1.0 / 362880.0 - q / 39916800.0)))));
  return 2.0 * s * s;
}

fn evaluate_genes(first: u32) -> Score {
  var score: Score;
  score.objectives[0] = value(from_optimum(first));
  return score;
}
