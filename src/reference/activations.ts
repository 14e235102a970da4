import { LEAKY_RELU_SLOPE, type Activation } from '../model/kinds';
import { ZERO_EXPONENT } from '../model/scaled';
import { erfcx, gaussian } from './erf';

/**
 * f and f′ of h_t = f(a_t), elementwise. Every derivative is computed from a, not from h: in a
 * saturated unit h has no digits left, and saturation is what people come to see.
 */

const SQRT_HALF = Math.SQRT1_2;
const INVERSE_SQRT_2PI = 0.39894228040143267794;
const LOG2_E = Math.LOG2E;
/** ln 2 in two parts, the first with trailing zeros, so that k·ln 2 is exact enough. */
const LN2_HEAD = 6.9314718036912381649e-1;
const LN2_TAIL = 1.90821492927058770002e-10;

/** σ(a) = 1/(1 + e^(−a)) */
export function sigmoid(a: number): number {
  const e = Math.exp(-Math.abs(a));
  return a >= 0 ? 1 / (1 + e) : e / (1 + e);
}

/** ln(1 + e^a) */
export function softplus(a: number): number {
  return Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)));
}

/** a ≤ 0: e^a − 1 */
export function elu(a: number): number {
  return a > 0 ? a : Math.expm1(a);
}

/** a Φ(a), Φ the standard normal distribution function (the exact form, not the tanh one). */
function gelu(a: number): number {
  const upperTail = 0.5 * erfcx(Math.abs(a) * SQRT_HALF) * gaussian(a);
  return a * (a < 0 ? upperTail : 1 - upperTail);
}

/** a σ(a) */
export function silu(a: number): number {
  return a * sigmoid(a);
}

/** h = f(a) */
export function activate(kind: Activation, a: number): number {
  switch (kind) {
    case 'tanh':
      return Math.tanh(a);
    case 'relu':
      return a > 0 ? a : 0;
    case 'sigmoid':
      return sigmoid(a);
    case 'identity':
      return a;
    case 'leakyRelu':
      return a > 0 ? a : LEAKY_RELU_SLOPE * a;
    case 'elu':
      return elu(a);
    case 'softplus':
      return softplus(a);
    case 'gelu':
      return gelu(a);
    case 'silu':
      return silu(a);
    case 'sin':
      return Math.sin(a);
  }
}

/** f′(a) = coefficient · e^(−decay), decay ≥ 0: the exponential is kept apart so that it cannot underflow. */
interface SlopeParts {
  readonly coefficient: number;
  readonly decay: number;
}

/** tanh′ = 4e/(1+e)², e = e^(−2|a|) */
function tanhSlope(a: number): SlopeParts {
  const d = 1 + Math.exp(-2 * Math.abs(a));
  return { coefficient: 4 / (d * d), decay: 2 * Math.abs(a) };
}

/** σ′ = e/(1+e)², e = e^(−|a|) */
function sigmoidSlope(a: number): SlopeParts {
  const d = 1 + Math.exp(-Math.abs(a));
  return { coefficient: 1 / (d * d), decay: Math.abs(a) };
}

/** softplus′ = σ(a) */
function softplusSlope(a: number): SlopeParts {
  return { coefficient: 1 / (1 + Math.exp(-Math.abs(a))), decay: Math.max(0, -a) };
}

/** gelu′ = Φ(a) + a φ(a) */
function geluSlope(a: number): SlopeParts {
  const x = Math.abs(a);
  const tail = 0.5 * erfcx(x * SQRT_HALF) - x * INVERSE_SQRT_2PI;
  return a < 0
    ? { coefficient: tail, decay: 0.5 * a * a }
    : { coefficient: 1 - tail * gaussian(a), decay: 0 };
}

/** silu′ = σ(a)(1 + a(1 − σ(a))) */
function siluSlope(a: number): SlopeParts {
  const e = Math.exp(-Math.abs(a));
  const d = 1 + e;
  return a < 0
    ? { coefficient: (1 + a / d) / d, decay: -a }
    : { coefficient: (1 + (a * e) / d) / d, decay: 0 };
}

function slopeParts(kind: Activation, a: number): SlopeParts {
  switch (kind) {
    case 'tanh':
      return tanhSlope(a);
    case 'relu':
      return { coefficient: a > 0 ? 1 : 0, decay: 0 };
    case 'sigmoid':
      return sigmoidSlope(a);
    case 'identity':
      return { coefficient: 1, decay: 0 };
    case 'leakyRelu':
      return { coefficient: a > 0 ? 1 : LEAKY_RELU_SLOPE, decay: 0 };
    case 'elu':
      return { coefficient: 1, decay: Math.max(0, -a) };
    case 'softplus':
      return softplusSlope(a);
    case 'gelu':
      return geluSlope(a);
    case 'silu':
      return siluSlope(a);
    case 'sin':
      return { coefficient: Math.cos(a), decay: 0 };
  }
}

/** f′(a) in float64; exactly 0 where it lies below 2^−1074. */
export function slope(kind: Activation, a: number): number {
  const { coefficient, decay } = slopeParts(kind, a);
  if (decay === 0) return coefficient;
  return coefficient * (kind === 'gelu' ? gaussian(a) : Math.exp(-decay));
}

/** f′(a) as mantissa · 2^exponent, without underflow. */
export function scaledSlope(
  kind: Activation,
  a: number,
): { readonly mantissa: number; readonly exponent: number } {
  const { coefficient, decay } = slopeParts(kind, a);
  if (coefficient === 0) return { mantissa: 0, exponent: ZERO_EXPONENT };
  if (decay < 500) return { mantissa: slope(kind, a), exponent: 0 };
  const exponent = -Math.round(decay * LOG2_E);
  if (exponent <= ZERO_EXPONENT / 2) return { mantissa: 0, exponent: ZERO_EXPONENT };
  const rest = -exponent * LN2_HEAD - decay - exponent * LN2_TAIL;
  return { mantissa: coefficient * Math.exp(rest), exponent };
}
