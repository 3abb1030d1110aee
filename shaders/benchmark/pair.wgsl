// Numbers as unevaluated sums of two f32, some 48 bits in all: `x` the rounded number, `y` what it lacks (Dekker, "A
// floating-point technique for extending the available precision", Numerische Mathematik 18 (1971)). Where a driver
// simplifies floating-point sums, the second part is lost and plain f32 remains.

/// a + b exactly (Knuth).
fn two_sum(a: f32, b: f32) -> vec2f {
  let sum = a + b;
  let rounded = sum - a;
  return vec2f(sum, (a - (sum - rounded)) + (b - rounded));
}

/// a + b exactly, where |a| >= |b| or a = 0.
fn quick_two_sum(a: f32, b: f32) -> vec2f {
  let sum = a + b;
  return vec2f(sum, b - (sum - a));
}

/// a * b exactly, for magnitudes below 2^63: halves of 12 bits have exact products (Veltkamp, Dekker).
fn two_product(a: f32, b: f32) -> vec2f {
  let product = a * b;
  let a_scaled = a * 4097.0;
  let a_high = a_scaled - (a_scaled - a);
  let a_low = a - a_high;
  let b_scaled = b * 4097.0;
  let b_high = b_scaled - (b_scaled - b);
  let b_low = b - b_high;
  return vec2f(product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low);
}

/// A constant goes second: drivers simplify (constant + x) - constant.
fn pair_add(a: vec2f, b: vec2f) -> vec2f {
  let high = two_sum(a.x, b.x);
  return quick_two_sum(high.x, high.y + (a.y + b.y));
}

fn pair_multiply(a: vec2f, b: vec2f) -> vec2f {
  let high = two_product(a.x, b.x);
  return quick_two_sum(high.x, high.y + (a.x * b.y + a.y * b.x));
}

fn pair_divide(a: vec2f, b: vec2f) -> vec2f {
  let quotient = a.x / b.x;
  let rest = pair_add(a, -pair_multiply(vec2f(quotient, 0.0), b));
  return quick_two_sum(quotient, rest.x / b.x);
}

/// For a >= 0.
fn pair_sqrt(a: vec2f) -> vec2f {
  if (a.x <= 0.0) {
    return vec2f();
  }
  let root = sqrt(a.x);
  let rest = pair_add(a, -two_product(root, root));
  return quick_two_sum(root, rest.x / (2.0 * root));
}

const LN2 = vec2f(0x1.62e43p-1, -0x1.05c61p-29);
const TWO_THIRDS = vec2f(0x1.555556p-1, -0x1.555556p-26);
const ONE_SIXTH = vec2f(0x1.555556p-3, -0x1.555556p-28);
const HALF_PI = vec2f(0x1.921fb6p+0, -0x1.777a5cp-25);

/// ln(a) for normal a > 0, to about 1e-11: 2 atanh((m - 1) / (m + 1)) for the mantissa m in [sqrt(1/2), sqrt(2)).
fn pair_log(a: vec2f) -> vec2f {
  let exponent = (bitcast<i32>(a.x) - 0x3f3504f3) >> 23;
  let scale = bitcast<f32>((127 - exponent) << 23);
  let beyond = pair_add(a * scale, vec2f(-1.0, 0.0));
  let s = pair_divide(beyond, pair_add(beyond, vec2f(2.0, 0.0)));
  let square = pair_multiply(s, s);
  let q = square.x;
  let tail = s.x * q * q * (0.4 + q * (2.0 / 7.0 + q * (2.0 / 9.0 + q * (2.0 / 11.0 + q * 0.16))));
  let cube = pair_multiply(pair_multiply(s, square), TWO_THIRDS);
  let whole = pair_multiply(vec2f(f32(exponent), 0.0), LN2);
  return pair_add(pair_add(whole, 2.0 * s), pair_add(cube, vec2f(tail, 0.0)));
}

/// e^a to about 1e-10, for a < 80; 0 below -80.
fn pair_exp(a: vec2f) -> vec2f {
  if (a.x < -80.0) {
    return vec2f();
  }
  let power = round(a.x * 1.442695);
  let r = pair_add(a, -pair_multiply(vec2f(power, 0.0), LN2));
  let square = pair_multiply(r, r);
  let cube = pair_multiply(pair_multiply(r, square), ONE_SIXTH);
  let q = square.x;
  let tail = q * q * (1.0 / 24.0 + r.x * (1.0 / 120.0 + r.x * (1.0 / 720.0 + r.x * (1.0 / 5040.0 + r.x * (1.0 / 40320.0 + r.x / 362880.0)))));
  let terms = pair_add(r, pair_add(0.5 * square, pair_add(cube, vec2f(tail, 0.0))));
  return pair_add(terms, vec2f(1.0, 0.0)) * bitcast<f32>((i32(power) + 127) << 23);
}

/// sin(a) to about 1e-9, for |a| below 2^24.
fn pair_sin(a: vec2f) -> vec2f {
  let quarters = round(a.x * 0.63661975);
  let r = pair_add(a, -pair_multiply(vec2f(quarters, 0.0), HALF_PI));
  let square = pair_multiply(r, r);
  let q = square.x;
  let turn = i32(quarters) & 3;
  var value: vec2f;
  if ((turn & 1) == 0) {
    let tail = r.x * q * q * (1.0 / 120.0 + q * (-1.0 / 5040.0 + q * (1.0 / 362880.0 - q / 39916800.0)));
    value = pair_add(r, pair_add(-pair_multiply(pair_multiply(r, square), ONE_SIXTH), vec2f(tail, 0.0)));
  } else {
    let tail = q * q * (1.0 / 24.0 + q * (-1.0 / 720.0 + q * (1.0 / 40320.0 - q / 3628800.0)));
    value = pair_add(pair_add(-0.5 * square, vec2f(tail, 0.0)), vec2f(1.0, 0.0));
  }
  return select(value, -value, turn >= 2);
}

/// a less the nearest whole number: from -0.5 to 0.5.
fn pair_fraction(a: vec2f) -> vec2f {
  let first = quick_two_sum(a.x - round(a.x), a.y);
  return vec2f(first.x - round(first.x), first.y);
}
