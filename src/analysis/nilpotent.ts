import type { Reals } from '../model/problem';

/** The largest prime below 2²⁶: products of two residues are exact in float64. */
const PRIME = 67_108_859;

/**
 * Whether W is nilpotent, W^H = 0. Computed eigenvalues cannot tell: those of a nilpotent chain of
 * length m come out as large as ε^(1/m) ‖W‖, 0.2 ‖W‖ at m = 24.
 *
 * Floats are whole numbers times powers of two, so W^H v can be computed without any rounding in
 * whole numbers modulo a prime. For a vector v with no special direction it is zero when W is
 * nilpotent, and otherwise with a chance of about 1 in 10⁷.
 * O(H²) for a matrix with tr W ≠ 0 or tr W² ≠ 0, O(H³) for the rest.
 */
export function isNilpotent(matrix: Reals, size: number): boolean {
  const residues = Float64Array.from(matrix, residueOf);
  if (hasTrace(residues, size)) return false;
  let vector: Float64Array = new Float64Array(size);
  // Any numbers do; the same every time.
  for (let i = 0, state = 1; i < size; i++) {
    state = (state * 48_271) % 2_147_483_647;
    vector[i] = state % PRIME;
  }
  for (let step = 0; step < size; step++) {
    const next = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let j = 0; j < size; j++) {
        const entry = residues[i * size + j]!;
        if (entry !== 0) sum = (sum + entry * vector[j]!) % PRIME;
      }
      next[i] = sum;
    }
    vector = next;
    if (vector.every((v) => v === 0)) return true;
  }
  return false;
}

/** tr W or tr W², the sums of λ and λ², modulo the prime. */
function hasTrace(residues: Float64Array, size: number): boolean {
  let first = 0;
  let second = 0;
  for (let i = 0; i < size; i++) {
    first = (first + residues[i * size + i]!) % PRIME;
    for (let j = 0; j < size; j++) {
      second = (second + residues[i * size + j]! * residues[j * size + i]!) % PRIME;
    }
  }
  return first !== 0 || second !== 0;
}

const HALF = (PRIME + 1) / 2;

/** A float as mantissa · 2^exponent modulo the prime, the power of two by repeated squaring. */
function residueOf(value: number): number {
  if (value === 0) return 0;
  const exponent = Math.max(-1074, Math.floor(Math.log2(Math.abs(value))) - 53);
  // In two steps, since 2^1074 is no float.
  const half = Math.trunc(exponent / 2);
  const mantissa = (value / 2 ** half / 2 ** (exponent - half)) % PRIME;
  let power = exponent < 0 ? HALF : 2;
  let residue = mantissa < 0 ? mantissa + PRIME : mantissa;
  for (let left = Math.abs(exponent); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) residue = (residue * power) % PRIME;
    power = (power * power) % PRIME;
  }
  return residue;
}
