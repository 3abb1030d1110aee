// Builtin functions that are more than an instruction or two, in WGSL itself: NAME_TYPE is the scalar kernel of NAME.
// f32 accuracy is what WGSL asks (section "Floating Point Accuracy"); polynomials are minimax or Taylor expansions on
// the reduced range, coefficients rounded to f32.

// ---- integers ----

fn reverseBits_u32(e: u32) -> u32 {
  var x = e;
  x = ((x >> 1u) & 0x55555555u) | ((x & 0x55555555u) << 1u);
  x = ((x >> 2u) & 0x33333333u) | ((x & 0x33333333u) << 2u);
  x = ((x >> 4u) & 0x0f0f0f0fu) | ((x & 0x0f0f0f0fu) << 4u);
  x = ((x >> 8u) & 0x00ff00ffu) | ((x & 0x00ff00ffu) << 8u);
  return (x >> 16u) | (x << 16u);
}

fn reverseBits_i32(e: i32) -> i32 {
  return bitcast<i32>(reverseBits_u32(bitcast<u32>(e)));
}

fn firstLeadingBit_u32(e: u32) -> u32 {
  return 31u - countLeadingZeros(e);
}

fn firstLeadingBit_i32(e: i32) -> i32 {
  return 31 - countLeadingZeros(e ^ (e >> 31u));
}

fn firstTrailingBit_u32(e: u32) -> u32 {
  return select(countTrailingZeros(e), 0xffffffffu, e == 0u);
}

fn firstTrailingBit_i32(e: i32) -> i32 {
  return select(countTrailingZeros(e), -1, e == 0);
}

fn extractBits_u32(e: u32, offset: u32, count: u32) -> u32 {
  let first = min(offset, 32u);
  let width = min(count, 32u - first);
  let unused = 32u - width;
  return select((e << (unused - first)) >> unused, 0u, width == 0u);
}

fn extractBits_i32(e: i32, offset: u32, count: u32) -> i32 {
  let first = min(offset, 32u);
  let width = min(count, 32u - first);
  let unused = 32u - width;
  return select((e << (unused - first)) >> unused, 0, width == 0u);
}

fn insertBits_u32(e: u32, newbits: u32, offset: u32, count: u32) -> u32 {
  let first = min(offset, 32u);
  let width = min(count, 32u - first);
  let ones = select(0xffffffffu >> (32u - width), 0u, width == 0u);
  let mask = ones << first;
  return select((e & ~mask) | ((newbits << first) & mask), e, width == 0u);
}

fn insertBits_i32(e: i32, newbits: i32, offset: u32, count: u32) -> i32 {
  return bitcast<i32>(insertBits_u32(bitcast<u32>(e), bitcast<u32>(newbits), offset, count));
}

// ---- f32 ----

fn sign_f32(e: f32) -> f32 {
  return select(select(e, -1.0, e < 0.0), 1.0, e > 0.0);
}

fn smoothstep_f32(low: f32, high: f32, x: f32) -> f32 {
  let t = saturate((x - low) / (high - low));
  return t * t * (3.0 - 2.0 * t);
}

fn modf_fract_f32(e: f32) -> f32 {
  return e - trunc(e);
}

fn modf_whole_f32(e: f32) -> f32 {
  return trunc(e);
}

// Subnormals are scaled into the normal range before their exponent is read.
fn frexp_exp_f32(e: f32) -> i32 {
  let tiny = abs(e) < 0x1p-126f;
  let scaled = select(e, e * 0x1p24f, tiny);
  let exponent = i32((bitcast<u32>(scaled) >> 23u) & 0xffu) - 126 - select(0, 24, tiny);
  return select(exponent, 0, e == 0.0);
}

fn frexp_fract_f32(e: f32) -> f32 {
  let scaled = select(e, e * 0x1p24f, abs(e) < 0x1p-126f);
  let fraction = bitcast<f32>((bitcast<u32>(scaled) & 0x807fffffu) | 0x3f000000u);
  return select(fraction, e, e == 0.0);
}

fn power_of_two(n: i32) -> f32 {
  return bitcast<f32>(u32(n + 127) << 23u);
}

// x * 2^n for n in [-252, 254]: two steps keep both powers of two in range.
fn scaled(x: f32, n: i32) -> f32 {
  let half = n / 2;
  return x * power_of_two(half) * power_of_two(n - half);
}

// From the largest f32 to zero takes three steps.
fn ldexp_f32(x: f32, e: i32) -> f32 {
  let exponent = clamp(e, -378, 378);
  let third = exponent / 3;
  return scaled(x * power_of_two(third), exponent - third);
}

// 2^x = 2^n * 2^f with f in [-0.5, 0.5]; degree 6 polynomial, relative error below 2e-7.
fn exp2_f32(x: f32) -> f32 {
  let c = clamp(x, -150.0, 129.0);
  let n = round(c);
  let f = c - n;
  let p = 1.0 + f * (0.69314718 + f * (0.24022651 + f * (0.055504109 + f * (0.0096181291
    + f * (0.0013333558 + f * 0.00015403530)))));
  return scaled(p, i32(n));
}

// e^x = 2^n * e^r, r = x - n ln 2 in two parts.
fn exp_f32(x: f32) -> f32 {
  let c = clamp(x, -104.0, 89.0);
  let n = round(c * 1.44269504);
  let r = (c - n * 0.693145752) - n * 1.42860677e-6;
  let p = 1.0 + r * (1.0 + r * (0.5 + r * (0.16666667 + r * (0.041666668 + r * (0.0083333338 + r * 0.0013888889)))));
  return scaled(p, i32(n));
}

// Infinity may not be written as a constant.
fn infinity() -> f32 {
  var bits = 0x7f800000u;
  return bitcast<f32>(bits);
}

// ln m for m in [sqrt(1/2), sqrt(2)]: 2 atanh(s) with s = (m - 1) / (m + 1), |s| <= 0.1716.
fn log_of_mantissa(m: f32) -> f32 {
  let s = (m - 1.0) / (m + 1.0);
  let z = s * s;
  return 2.0 * s * (1.0 + z * (0.33333333 + z * (0.2 + z * (0.14285715 + z * 0.11111111))));
}

// log 0 = -inf, log inf = inf, log of a negative number is NaN.
fn log_at_edges(x: f32, value: f32) -> f32 {
  let inside = select(value, sqrt(x), x < 0.0);
  return select(select(inside, -infinity(), x == 0.0), x, x == infinity());
}

fn log_f32(x: f32) -> f32 {
  let fraction = frexp_fract_f32(x);
  let low = fraction < 0.70710678;
  let m = select(fraction, fraction * 2.0, low);
  let e = f32(frexp_exp_f32(x) - select(0, 1, low));
  return log_at_edges(x, e * 0.693145752 + (log_of_mantissa(m) + e * 1.42860677e-6));
}

fn log2_f32(x: f32) -> f32 {
  let fraction = frexp_fract_f32(x);
  let low = fraction < 0.70710678;
  let m = select(fraction, fraction * 2.0, low);
  let e = f32(frexp_exp_f32(x) - select(0, 1, low));
  return log_at_edges(x, e + log_of_mantissa(m) * 1.44269504);
}

fn pow_f32(x: f32, y: f32) -> f32 {
  return exp2_f32(y * log2_f32(x));
}

// To a sum beyond 2^23 nothing but whole numbers can be added: their count, to the nearest, is in its last bits.
const COUNTING = 12582912.0;

// x - k pi in three parts (Cody and Waite), k a whole number or a half; meaningful up to about |x| = 1e5, bounded beyond.
fn trig_reduced(x: f32, k: f32) -> f32 {
  let r = ((x - k * 3.140625) - k * 9.67502594e-4) - k * 1.50995799e-7;
  return clamp(r, -1.571, 1.571);
}

// Every other half turn changes the sign, without a branch that no processor can guess.
fn with_sign_of(value: f32, turns: f32) -> f32 {
  return bitcast<f32>(bitcast<u32>(value) ^ (bitcast<u32>(turns) << 31u));
}

fn sin_of_reduced(r: f32) -> f32 {
  let z = r * r;
  return r + r * z * (-0.166666571 + z * (8.33301692e-3 + z * (-1.98065879e-4 + z * 2.59999411e-6)));
}

fn cos_of_reduced(r: f32) -> f32 {
  let z = r * r;
  return 1.0 + z * (-0.5 + z * (4.16666558e-2 + z * (-1.38885688e-3 + z * (2.47692788e-5 + z * -2.61932824e-7))));
}

fn sin_f32(x: f32) -> f32 {
  let turns = x * 0.31830987 + COUNTING;
  return with_sign_of(sin_of_reduced(trig_reduced(x, turns - COUNTING)), turns);
}

fn cos_f32(x: f32) -> f32 {
  let turns = x * 0.31830987 + COUNTING;
  return with_sign_of(cos_of_reduced(trig_reduced(x, turns - COUNTING)), turns);
}

// By quarter turns: near a pole only the sine of a small rest is exact enough to divide by.
fn tan_f32(x: f32) -> f32 {
  let turns = x * 0.63661977 + COUNTING;
  let r = trig_reduced(x, 0.5 * (turns - COUNTING));
  let s = sin_of_reduced(r);
  let c = cos_of_reduced(r);
  return select(s / c, -(c / s), (bitcast<u32>(turns) & 1u) == 1u);
}

// atan t for t in [0, 1], reduced once more at tan(pi/8).
fn atan_of_unit(t: f32) -> f32 {
  let far = t > 0.41421356;
  let r = select(t, (t - 1.0) / (t + 1.0), far);
  let z = r * r;
  let p = r + r * z * (-0.33332950 + z * (0.19977711 + z * (-0.13877686 + z * 0.080537445)));
  return select(p, p + 0.78539816, far);
}

fn atan_f32(x: f32) -> f32 {
  let size = abs(x);
  let a = atan_of_unit(select(size, 1.0 / size, size > 1.0));
  let angle = select(a, 1.5707964 - a, size > 1.0);
  return select(angle, -angle, x < 0.0);
}

fn atan2_f32(y: f32, x: f32) -> f32 {
  let small = min(abs(x), abs(y));
  let large = max(abs(x), abs(y));
  let a = atan_of_unit(select(small / large, 0.0, large == 0.0));
  let octant = select(a, 1.5707964 - a, abs(y) > abs(x));
  let half = select(octant, 3.1415927 - octant, x < 0.0);
  return select(half, -half, y < 0.0);
}

fn asin_f32(x: f32) -> f32 {
  return atan2_f32(x, sqrt((1.0 - x) * (1.0 + x)));
}

fn acos_f32(x: f32) -> f32 {
  return atan2_f32(sqrt((1.0 - x) * (1.0 + x)), x);
}

// The difference of exponentials loses digits near zero; the series takes over there.
fn sinh_f32(x: f32) -> f32 {
  let z = x * x;
  let series = x + x * z * (0.16666667 + z * (8.3333338e-3 + z * 1.9841270e-4));
  let e = exp_f32(abs(x) - 0.69314718);
  let wide = e - 0.25 / e;
  return select(select(wide, -wide, x < 0.0), series, abs(x) < 0.5);
}

fn cosh_f32(x: f32) -> f32 {
  let e = exp_f32(abs(x) - 0.69314718);
  return e + 0.25 / e;
}

fn tanh_f32(x: f32) -> f32 {
  let size = 1.0 - 2.0 / (exp_f32(2.0 * abs(x)) + 1.0);
  let z = x * x;
  let series = x - x * z * (0.33333333 - z * 0.13333334);
  return select(select(size, -size, x < 0.0), series, abs(x) < 0.1);
}

fn asinh_f32(x: f32) -> f32 {
  let size = abs(x);
  let value = log_f32(size + sqrt(size * size + 1.0));
  return select(value, -value, x < 0.0);
}

fn acosh_f32(x: f32) -> f32 {
  return log_f32(x + sqrt((x - 1.0) * (x + 1.0)));
}

fn atanh_f32(x: f32) -> f32 {
  return 0.5 * log_f32((1.0 + x) / (1.0 - x));
}

// ---- f16 as bits ----

fn f16Bits_f32(x: f32) -> u32 {
  let bits = bitcast<u32>(x);
  let sign = (bits >> 16u) & 0x8000u;
  let size = bits & 0x7fffffffu;
  let odd = (size >> 13u) & 1u;
  let normal = (size + 0xfffu + odd - 0x38000000u) >> 13u;
  let subnormal = u32(round(abs(x) * 0x1p24f));
  let finite = select(normal, subnormal, size < 0x38800000u);
  let special = select(0x7c00u, 0x7e00u, size > 0x7f800000u);
  return sign | select(finite, special, size >= 0x477ff000u);
}

fn f16Value_f32(bits: u32) -> f32 {
  let exponent = (bits >> 10u) & 31u;
  let mantissa = bits & 1023u;
  let sign = (bits & 0x8000u) << 16u;
  let normal = ((exponent + 112u) << 23u) | (mantissa << 13u);
  let special = 0x7f800000u | (mantissa << 13u);
  let subnormal = bitcast<u32>(f32(mantissa) * 0x1p-24f);
  return bitcast<f32>(sign | select(select(normal, special, exponent == 31u), subnormal, exponent == 0u));
}

fn quantizeToF16_f32(x: f32) -> f32 {
  return f16Value_f32(f16Bits_f32(x));
}
