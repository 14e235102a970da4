import type { Complex } from '../../analysis/complex';
import { formatNumber } from './format';

/** A square picture of the complex plane around 0, in drawing units; the CSS decides its size. */
export interface PlaneFrame {
  readonly size: number;
  /** Room at the edges for tick labels and markers */
  readonly margin: number;
  /** What the axes reach at least */
  readonly least: number;
}

export interface PlaneScale {
  /** Drawing units per 1 */
  readonly unit: number;
  readonly x: (re: number) => number;
  readonly y: (im: number) => number;
  /** The number at a point in drawing units */
  readonly at: (x: number, y: number) => Complex;
  /** Whether the circle of radius σ_max is inside the picture */
  readonly showsSigma: boolean;
}

/** A scale that holds the unit circle, every eigenvalue and, unless far larger, σ_max's circle. */
export function planeScale(frame: PlaneFrame, radius: number, sigma = 0): PlaneScale {
  const centre = frame.size / 2;
  const needed = Math.max(frame.least, 1.06 * radius);
  const showsSigma = 1.06 * sigma <= 2 * needed;
  const reach = showsSigma ? Math.max(needed, 1.06 * sigma) : needed;
  const unit = (centre - frame.margin) / reach;
  return {
    unit,
    x: (re) => centre + unit * re,
    y: (im) => centre - unit * im,
    at: (x, y) => [(x - centre) / unit, (centre - y) / unit],
    showsSigma,
  };
}

/** Index of the eigenvalue next to a point; null when none is within `reach` drawing units. */
export function nearestEigenvalue(
  eigenvalues: readonly Complex[],
  scale: PlaneScale,
  x: number,
  y: number,
  reach: number,
): number | null {
  let best: number | null = null;
  let distance = reach;
  eigenvalues.forEach(([re, im], i) => {
    const d = Math.hypot(scale.x(re) - x, scale.y(im) - y);
    if (d < distance) [best, distance] = [i, d];
  });
  return best;
}

/** 0.52 − 0.31i, or the real part alone of a real number. */
export function formatComplex(value: Complex): string {
  const [re, im] = value;
  if (turningOf(value).kind !== 'turns') return formatNumber(re);
  return `${formatNumber(re)} ${im < 0 ? '−' : '+'} ${formatNumber(Math.abs(im))}i`;
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
