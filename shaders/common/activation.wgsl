// f and f', chosen by the override `activation` (index into ACTIVATIONS, src/model/kinds.ts).
// Needs common/scaled.wgsl and common/elementary.wgsl. Twin: src/reference/activations.ts.
override activation: u32 = 0u;

const TANH: u32 = 0u;
const RELU: u32 = 1u;
const SIGMOID: u32 = 2u;
const IDENTITY: u32 = 3u;
const LEAKY_RELU: u32 = 4u;
const ELU: u32 = 5u;
const SOFTPLUS: u32 = 6u;
const GELU: u32 = 7u;
const SILU: u32 = 8u;
const SIN: u32 = 9u;

const LEAKY_RELU_SLOPE: f32 = 0.01;
const INVERSE_SQRT_2: f32 = 0.70710678118654752;
const INVERSE_SQRT_2_PI: f32 = 0.39894228040143268;

// The factor e^(-a^2/2) or e^a comes last: it may be below the floats where the product is not.
fn gelu(a: f32) -> f32 {
  let g = gaussian_scaled(a);
  let x = min(abs(a), 198.0);
  let tail = 0.5 * erfcx_safe(x * INVERSE_SQRT_2) * g.mantissa;
  if (a < 0.0) {
    return scale_by(-x * tail, g.exponent);
  }
  return a * (1.0 - scale_by(tail, g.exponent));
}

fn silu(a: f32) -> f32 {
  if (a > 0.0) {
    return a * sigmoid_safe(a);
  }
  let x = max(a, -200.0);
  let s = exp_scaled(x);
  return scale_by(x * s.mantissa / (1.0 + scale_by(s.mantissa, s.exponent)), s.exponent);
}

// h = f(a)
fn activation_value(a: f32) -> f32 {
  switch (activation) {
    case TANH: { return tanh_safe(a); }
    case RELU: { return max(a, 0.0); }
    case SIGMOID: { return sigmoid_safe(a); }
    case LEAKY_RELU: { return select(LEAKY_RELU_SLOPE * a, a, a > 0.0); }
    case ELU: { return select(expm1_safe(min(a, 0.0)), a, a > 0.0); }
    case SOFTPLUS: { return softplus_safe(a); }
    case GELU: { return gelu(a); }
    case SILU: { return silu(a); }
    case SIN: { return sine_safe(a, 0u); }
    default: { return a; }
  }
}

// Phi(a) + a phi(a)
fn gelu_slope(a: f32) -> Scaled {
  let g = gaussian_scaled(a);
  let x = min(abs(a), 198.0);
  let tail = 0.5 * erfcx_safe(x * INVERSE_SQRT_2) - x * INVERSE_SQRT_2_PI;
  if (a < 0.0) {
    return Scaled(tail * g.mantissa, g.exponent);
  }
  return Scaled(1.0 - tail * scale_by(g.mantissa, g.exponent), 0);
}

// f'(a) from a, with its own exponent: vanishing by saturation stays a number.
fn activation_slope(a: f32) -> Scaled {
  switch (activation) {
    case TANH: {
      // 4 e^(-2|a|) / (1 + e^(-2|a|))^2; 1 - tanh^2 loses every digit above |a| = 7.
      let s = exp_scaled(-2.0 * min(abs(a), 10000.0));
      let d = 1.0 + scale_by(s.mantissa, s.exponent);
      return Scaled(4.0 * s.mantissa / (d * d), s.exponent);
    }
    case RELU: { return Scaled(select(0.0, 1.0, a > 0.0), 0); }
    case SIGMOID: {
      let s = exp_scaled(-abs(a));
      let d = 1.0 + scale_by(s.mantissa, s.exponent);
      return Scaled(s.mantissa / (d * d), s.exponent);
    }
    case LEAKY_RELU: { return Scaled(select(LEAKY_RELU_SLOPE, 1.0, a > 0.0), 0); }
    case ELU: {
      if (a > 0.0) {
        return Scaled(1.0, 0);
      }
      return exp_scaled(a);
    }
    case SOFTPLUS: {
      let s = exp_scaled(-abs(a));
      let d = 1.0 + scale_by(s.mantissa, s.exponent);
      if (a < 0.0) {
        return Scaled(s.mantissa / d, s.exponent);
      }
      return Scaled(1.0 / d, 0);
    }
    case GELU: { return gelu_slope(a); }
    case SILU: {
      // sigma (1 + a (1 - sigma))
      let s = exp_scaled(-abs(a));
      let e = scale_by(s.mantissa, s.exponent);
      let d = 1.0 + e;
      if (a < 0.0) {
        return Scaled(s.mantissa / d * (1.0 + a / d), s.exponent);
      }
      return Scaled((1.0 + a * e / d) / d, 0);
    }
    case SIN: { return Scaled(sine_safe(a, 1u), 0); }
    default: { return Scaled(1.0, 0); }
  }
}
