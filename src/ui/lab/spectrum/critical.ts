import type { Configuration } from '../../../model/configuration';

export type Phase = 'ordered' | 'critical' | 'chaotic' | 'unbounded';

/** So close to 1 that the moments' own uncertainty decides. */
const CRITICAL = 0.005;

/** What χ says: changes die out, persist, or grow; with q* = ∞ so do the states themselves. */
export function phaseOf(q: number, chi: number): Phase {
  if (q === Infinity) return 'unbounded';
  if (Math.abs(chi - 1) <= CRITICAL) return 'critical';
  return chi < 1 ? 'ordered' : 'chaotic';
}

export type Reservation = 'array' | 'edited' | 'initialiser' | 'narrow';

/** Mean-field theory is about H → ∞; below this the fluctuations are as large as what it says. */
const WIDE = 32;

/** Why the theory's assumption, a wide Gaussian W_h, does not hold; null where it does. */
export function reservationOf(
  configuration: Pick<Configuration, 'arrays' | 'edits' | 'initialiser' | 'H'>,
): Reservation | null {
  const { arrays, edits, initialiser, H } = configuration;
  if (arrays.Wh !== undefined) return 'array';
  if (initialiser.kind !== 'gaussian') return 'initialiser';
  if (edits.some(({ array }) => array === 'Wh')) return 'edited';
  return H < WIDE ? 'narrow' : null;
}
