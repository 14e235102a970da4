// Powers of two by bits: exact, and safe from the flushing and the "no overflow" assumption of
// floating-point built-ins (docs/numerics.md, points 2 and 3).

// Exponent of an exact zero. Sums of two stay inside i32. Equals ZERO_EXPONENT in src/model/scaled.ts.
const ZERO_EXPONENT: i32 = -268435456;

// value = mantissa * 2^exponent
struct Scaled {
  mantissa: f32,
  exponent: i32,
}

// 2^e; 0 below 2^-126, 2^127 above.
fn power_of_two(e: i32) -> f32 {
  let bits = u32(clamp(e, -126, 127) + 127) << 23u;
  return select(bitcast<f32>(bits), 0.0, e < -126);
}

// x * 2^e in two steps, so that an e outside the exponent range of a float still scales rightly.
fn scale_by(x: f32, e: i32) -> f32 {
  let bounded = clamp(e, -252, 252);
  let half = bounded / 2;
  return x * power_of_two(half) * power_of_two(bounded - half);
}

// floor(log2 |x|) of a normal x; ZERO_EXPONENT of zero and of subnormals.
fn exponent_of(x: f32) -> i32 {
  let field = (bitcast<u32>(x) >> 23u) & 255u;
  return select(i32(field) - 127, ZERO_EXPONENT, field == 0u);
}

fn largest_component(v: vec4f) -> f32 {
  let m = abs(v);
  return max(max(m.x, m.y), max(m.z, m.w));
}

// The sum of two exponents, where either may be that of an exact zero.
fn add_exponents(a: i32, b: i32) -> i32 {
  return max(a + b, ZERO_EXPONENT);
}
