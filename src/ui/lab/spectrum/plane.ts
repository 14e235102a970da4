/** Drawing units of the square plot; the CSS decides its size. */
export const PLANE = 300;
const CENTRE = PLANE / 2;
/** Room for the tick labels at the ends of the axes */
const MARGIN = 18;
/** How near the pointer has to come, in drawing units */
const CATCH = 16;

export type Complex = readonly [re: number, im: number];

export interface PlaneScale {
  /** Drawing units per 1 */
  readonly unit: number;
  readonly x: (re: number) => number;
  readonly y: (im: number) => number;
  /** Whether the circle of radius σ_max is inside the picture */
  readonly showsSigma: boolean;
}

/** A scale that holds the unit circle, every eigenvalue and, unless far larger, σ_max's circle. */
export function planeScale(radius: number, sigma: number): PlaneScale {
  const needed = 1.06 * Math.max(1, radius);
  const showsSigma = 1.06 * sigma <= 2 * needed;
  const reach = showsSigma ? Math.max(needed, 1.06 * sigma) : needed;
  const unit = (CENTRE - MARGIN) / reach;
  return {
    unit,
    x: (re) => CENTRE + unit * re,
    y: (im) => CENTRE - unit * im,
    showsSigma,
  };
}

/** Index of the eigenvalue next to a point in drawing units; null when none is near. */
export function nearestEigenvalue(
  eigenvalues: readonly Complex[],
  scale: PlaneScale,
  x: number,
  y: number,
): number | null {
  let best: number | null = null;
  let distance = CATCH;
  eigenvalues.forEach(([re, im], i) => {
    const d = Math.hypot(scale.x(re) - x, scale.y(im) - y);
    if (d < distance) [best, distance] = [i, d];
  });
  return best;
}

/** Rounding may leave a real eigenvalue this imaginary part, relative to its modulus. */
const REAL = 1e-9;

/** How a state along an eigenvalue's direction turns, with f′ = 1: radians and steps for a round. */
export type Turning =
  | { readonly kind: 'none' }
  | { readonly kind: 'flips' }
  | { readonly kind: 'turns'; readonly angle: number; readonly period: number };

export function turningOf([re, im]: Complex): Turning {
  if (Math.abs(im) <= REAL * Math.abs(re)) return { kind: re < 0 ? 'flips' : 'none' };
  if (re === 0 && im === 0) return { kind: 'none' };
  const angle = Math.atan2(im, re);
  return { kind: 'turns', angle, period: (2 * Math.PI) / Math.abs(angle) };
}
