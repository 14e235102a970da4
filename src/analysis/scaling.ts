import type { Reals } from '../model/problem';
import { scaledPair } from './eigenvaluePair';
import type { Spectrum } from './spectrum';

/** What a factor can set: ρ(W) or σ_max(W). */
export type Quantity = 'spectralRadius' | 'largestSingularValue';

/** Why no factor sets it. */
export type ScalingRefusal = 'zero' | 'nilpotent' | 'negligible';

/**
 * Below this part of σ_max, ρ is left to the rounding of the weights: that of a nilpotent matrix of
 * order 2, rounded to float32, is √2⁻²⁴ σ_max = 2.4e-4 σ_max, and a factor would multiply it too.
 */
export const NEGLIGIBLE_RADIUS = 1e-3;

/** Null where the quantity can be set by a factor. */
export function scalingRefusal(
  { spectralRadius, largestSingularValue }: Spectrum,
  quantity: Quantity,
): ScalingRefusal | null {
  if (largestSingularValue === 0) return 'zero';
  if (quantity === 'largestSingularValue') return null;
  if (spectralRadius === 0) return 'nilpotent';
  return spectralRadius < NEGLIGIBLE_RADIUS * largestSingularValue ? 'negligible' : null;
}

/** factor · W rounded to float32, [size, size]; of a 2×2 matrix such that the eigenvalues keep. */
export function scaledMatrix(matrix: Reals, size: number, factor: number): Float32Array {
  if (size === 2) return scaledPair(matrix, factor);
  return Float32Array.from(matrix, (v) => factor * v + 0);
}
