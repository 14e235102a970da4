/**
 * erfc(x)·exp(x²) for any x ≥ 0, W. J. Cody, "Rational Chebyshev approximations for the error
 * function", Math. Comp. 23 (1969), to about 1e-16 relative. Unlike erfc it does not underflow, so
 * the tails of gelu keep their digits.
 */
const SMALL_NUMERATOR = [
  1.85777706184603153e-1, 3.1611237438705656, 1.13864154151050156e2, 3.77485237685302021e2,
  3.20937758913846947e3,
];
const SMALL_DENOMINATOR = [
  1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3,
];
const MIDDLE_NUMERATOR = [
  2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1,
  2.98635138197400131e2, 8.8195222124176909e2, 1.71204761263407058e3, 2.05107837782607147e3,
  1.23033935479799725e3,
];
const MIDDLE_DENOMINATOR = [
  1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
  3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3,
];
const LARGE_NUMERATOR = [
  1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
  1.60837851487422766e-2, 6.58749161529837803e-4,
];
const LARGE_DENOMINATOR = [
  1, 2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1, 6.05183413124413191e-2,
  2.33520497626869185e-3,
];
const INVERSE_SQRT_PI = 0.56418958354775628695;

/** Horner's rule, highest power first. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = 0; i < coefficients.length; i++) sum = sum * x + coefficients[i]!;
  return sum;
}

/** erf(x) for |x| ≤ 0.46875. */
function erfNearZero(x: number): number {
  const s = x * x;
  return (x * polynomial(SMALL_NUMERATOR, s)) / polynomial(SMALL_DENOMINATOR, s);
}

/** exp(−a²/2), with a² split so that its rounding does not reach the result. */
export function gaussian(a: number): number {
  const head = Math.trunc(a * 16) / 16;
  return Math.exp(-0.5 * head * head) * Math.exp(-0.5 * (a - head) * (a + head));
}

/** erfc(x)·exp(x²), x ≥ 0. */
export function erfcx(x: number): number {
  if (x <= 0.46875) return (1 - erfNearZero(x)) * Math.exp(x * x);
  if (x <= 4) return polynomial(MIDDLE_NUMERATOR, x) / polynomial(MIDDLE_DENOMINATOR, x);
  const s = 1 / (x * x);
  const correction = (s * polynomial(LARGE_NUMERATOR, s)) / polynomial(LARGE_DENOMINATOR, s);
  return (INVERSE_SQRT_PI - correction) / x;
}
