// Elementary functions that are right for every finite float32. The built-ins are not: tanh(89) is
// NaN on one adapter, tanh has 6 % error below 1e-3 and sin is only promised to 2^-11.
// Needs common/scaled.wgsl.

// (e^r - 1 - r) / r^2 for |r| <= ln 2 / 2 (Cephes expf).
fn exp_tail(r: f32) -> f32 {
  var p = 1.9875691500e-4;
  p = fma(p, r, 1.3981999507e-3);
  p = fma(p, r, 8.3334519073e-3);
  p = fma(p, r, 4.1665795894e-2);
  p = fma(p, r, 1.6666665459e-1);
  return fma(p, r, 5.0000001201e-1);
}

// e^x as mantissa and exponent, for x far outside the range where e^x is a float.
fn exp_scaled(x: f32) -> Scaled {
  let bounded = clamp(x, -20000.0, 20000.0);
  let n = round(bounded * 1.44269504088896341);
  // ln 2 in two parts; n * 0.693359375 is exact for |n| < 2^15.
  let r = fma(n, 2.12194440e-4, fma(n, -0.693359375, bounded));
  return Scaled(fma(exp_tail(r), r * r, r) + 1.0, i32(n));
}

// e^x; 0 where it is below the normal floats, the largest finite power where it is above.
fn exp_safe(x: f32) -> f32 {
  let s = exp_scaled(min(x, 88.5));
  return scale_by(s.mantissa, s.exponent);
}

// e^x - 1 without cancellation near 0.
fn expm1_safe(x: f32) -> f32 {
  if (abs(x) < 0.34) {
    return fma(exp_tail(x), x * x, x);
  }
  return exp_safe(x) - 1.0;
}

// ln(1 + u) for 0 <= u <= 1, as 2 artanh(u / (2 + u)).
fn log1p_unit(u: f32) -> f32 {
  let s = u / (2.0 + u);
  let q = s * s;
  var p = 1.0 / 15.0;
  p = fma(p, q, 1.0 / 13.0);
  p = fma(p, q, 1.0 / 11.0);
  p = fma(p, q, 1.0 / 9.0);
  p = fma(p, q, 1.0 / 7.0);
  p = fma(p, q, 1.0 / 5.0);
  p = fma(p, q, 1.0 / 3.0);
  return 2.0 * fma(p * q, s, s);
}

// ln(1 + u) for u >= 0.
fn log1p_safe(u: f32) -> f32 {
  if (u <= 1.0) {
    return log1p_unit(u);
  }
  let v = 1.0 + u;
  let n = exponent_of(v);
  let mantissa = scale_by(v, -n);
  return fma(f32(n), 0.69314718056, log1p_unit(mantissa - 1.0));
}

// 13/6 rational approximation (Eigen's), 2.7e-7 relative, where tanh is not yet 1 in float32. Beyond
// that it is exactly 1: an adapter's division may round the approximation to 1 - 2^-24, which a
// prediction that hits its target turns into a gradient of 1e-8 instead of 0.
fn tanh_safe(a: f32) -> f32 {
  if (abs(a) < 4e-4) {
    return a;
  }
  if (abs(a) > 9.0109) {
    return sign(a);
  }
  let x = clamp(a, -7.90531110763549805, 7.90531110763549805);
  let q = x * x;
  var p = -2.76076847742355e-16;
  p = fma(p, q, 2.00018790482477e-13);
  p = fma(p, q, -8.60467152213735e-11);
  p = fma(p, q, 5.12229709037114e-8);
  p = fma(p, q, 1.48572235717979e-5);
  p = fma(p, q, 6.37261928875436e-4);
  p = fma(p, q, 4.89352455891786e-3);
  var d = 1.19825839466702e-6;
  d = fma(d, q, 1.18534705686654e-4);
  d = fma(d, q, 2.26843463243900e-3);
  d = fma(d, q, 4.89352518554385e-3);
  return x * p / d;
}

fn sigmoid_safe(a: f32) -> f32 {
  let e = exp_safe(-abs(a));
  return select(1.0, e, a < 0.0) / (1.0 + e);
}

fn softplus_safe(a: f32) -> f32 {
  return max(a, 0.0) + log1p_unit(exp_safe(-abs(a)));
}

// e^(x^2) erfc(x) for x >= 0, relative error 1.2e-7 (Numerical Recipes, erfcc).
fn erfcx_safe(x: f32) -> f32 {
  let t = 1.0 / fma(0.5, x, 1.0);
  var p = 0.17087277;
  p = fma(p, t, -0.82215223);
  p = fma(p, t, 1.48851587);
  p = fma(p, t, -1.13520398);
  p = fma(p, t, 0.27886807);
  p = fma(p, t, -0.18628806);
  p = fma(p, t, 0.09678418);
  p = fma(p, t, 0.37409196);
  p = fma(p, t, 1.00002368);
  p = fma(p, t, -1.26551223);
  return t * exp_safe(p);
}

// e^(-a^2 / 2); a^2 is split so that its rounding does not show in the tail.
fn gaussian_scaled(a: f32) -> Scaled {
  let x = min(abs(a), 198.0);
  let high = bitcast<f32>(bitcast<u32>(x) & 0xfffff000u);
  let top = exp_scaled(-0.5 * high * high);
  let rest = exp_scaled(-0.5 * (x - high) * (x + high));
  return Scaled(top.mantissa * rest.mantissa, top.exponent + rest.exponent);
}

// 2/pi, after a word of zeros.
const TWO_OVER_PI_BITS = array<u32, 8>(
  0u, 0xA2F9836Eu, 0x4E441529u, 0xFC2757D1u, 0xF534DDC0u, 0xDB629599u, 0x3C439041u, 0xFE5163ABu);

// High 32 bits of a * b.
fn multiply_high(a: u32, b: u32) -> u32 {
  let a_low = a & 0xffffu;
  let a_high = a >> 16u;
  let b_low = b & 0xffffu;
  let b_high = b >> 16u;
  let middle = a_high * b_low + ((a_low * b_low) >> 16u);
  let cross = a_low * b_high + (middle & 0xffffu);
  return a_high * b_high + (middle >> 16u) + (cross >> 16u);
}

// a = quadrant * pi/2 + remainder, |remainder| <= pi/4.
struct Reduced {
  remainder: f32,
  quadrant: u32,
}

fn reduce_angle(a: f32) -> Reduced {
  if (abs(a) < 8192.0) {
    // Cody and Waite: pi/2 in three parts, the first two short enough for exact products.
    let n = round(a * 0.636619772367581343);
    var r = fma(n, -1.5703125, a);
    r = fma(n, -4.83751296997070312e-4, r);
    r = fma(n, -7.5495336539e-8, r);
    return Reduced(r, u32(i32(n)) & 3u);
  }
  // Payne and Hanek: the 24 bits of the mantissa times the bits of 2/pi that matter.
  let bits = bitcast<u32>(abs(a));
  let exponent = i32(bits >> 23u) - 127;
  let mantissa = (bits & 0x7fffffu) | 0x800000u;
  // a * 2/pi = mantissa * 2^(exponent - 23) * 0.b0 b1 b2…; bits of weight >= 4 are whole turns.
  // The table's zeros make the number of bits to skip positive for every exponent from 13 on.
  let skip = u32(exponent - 25 + 32);
  let word = skip >> 5u;
  let shift = skip & 31u;
  var table = TWO_OVER_PI_BITS;
  var w0 = table[word];
  var w1 = table[word + 1u];
  var w2 = table[word + 2u];
  if (shift > 0u) {
    let w3 = table[word + 3u];
    w0 = (w0 << shift) | (w1 >> (32u - shift));
    w1 = (w1 << shift) | (w2 >> (32u - shift));
    w2 = (w2 << shift) | (w3 >> (32u - shift));
  }
  // mantissa * (w0.w1.w2), a 24 x 96 bit product modulo 2^96: two bits of quadrant, then fraction.
  let p2_high = multiply_high(mantissa, w2);
  let p1_low = mantissa * w1;
  let p1_high = multiply_high(mantissa, w1);
  let low = p1_low + p2_high;
  let carry = select(0u, 1u, low < p1_low);
  let high = mantissa * w0 + p1_high + carry;
  var quadrant = high >> 30u;
  var fraction = (high << 2u) | (low >> 30u);
  var fraction_low = low << 2u;
  // Round to the nearest quadrant and take the signed rest.
  var negative = false;
  if ((fraction & 0x80000000u) != 0u) {
    quadrant = quadrant + 1u;
    negative = true;
    fraction_low = ~fraction_low;
    fraction = ~fraction;
  }
  let turn = fma(f32(fraction), 2.3283064365386963e-10, f32(fraction_low) * 5.421010862427522e-20);
  var r = turn * 1.57079632679489662;
  if (negative) {
    r = -r;
  }
  if (a < 0.0) {
    return Reduced(-r, (4u - (quadrant & 3u)) & 3u);
  }
  return Reduced(r, quadrant & 3u);
}

// sin (phase 0) or cos (phase 1) of a (Cephes sinf, cosf).
fn sine_safe(a: f32, phase: u32) -> f32 {
  let reduced = reduce_angle(a);
  let r = reduced.remainder;
  let q = r * r;
  let quadrant = (reduced.quadrant + phase) & 3u;
  var value: f32;
  if ((quadrant & 1u) == 0u) {
    var p = -1.9515295891e-4;
    p = fma(p, q, 8.3321608736e-3);
    p = fma(p, q, -1.6666654611e-1);
    value = fma(p * q, r, r);
  } else {
    var p = 2.443315711809948e-5;
    p = fma(p, q, -1.388731625493765e-3);
    p = fma(p, q, 4.166664568298827e-2);
    value = fma(p * q, q, fma(-0.5, q, 1.0));
  }
  return select(value, -value, quadrant >= 2u);
}
