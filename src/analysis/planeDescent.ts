import type { Parameters } from '../model/problem';
import { pointOnPlane, type Plane } from '../model/surface';
import { dot } from './plane';

/** The loss and its gradient at some weights; null where the pass overflowed. */
export type GradientAt = (
  weights: Parameters,
) => Promise<{ readonly loss: number; readonly gradient: Parameters } | null>;

export interface PlaneDescent {
  readonly start: readonly [a: number, b: number];
  readonly lr: number;
  /** The gradient's norm in (a, b) is brought down to this; null: never */
  readonly clipNorm: number | null;
  readonly updates: number;
}

/** A place on the way, before its update. */
export interface DescentPoint {
  readonly a: number;
  readonly b: number;
  /** +Infinity where the pass overflowed; the way ends there. */
  readonly loss: number;
  /** ‖(∂L/∂a, ∂L/∂b)‖ before clipping */
  readonly gradientNorm: number;
}

/**
 * Gradient descent on a and b alone, all other weights held: (a, b) ← (a, b) − lr g with
 * g = (⟨∂L/∂θ, d₁⟩, ⟨∂L/∂θ, d₂⟩), scaled by c/‖g‖ where ‖g‖ > c (Pascanu, Mikolov, Bengio 2013,
 * algorithm 1 and figure 6). Unlike a training's shadow on the plane, this way is on the surface
 * that is shown. Up to updates + 1 points, the start first.
 */
export async function descendInPlane(
  parameters: Parameters,
  plane: Plane,
  { start, lr, clipNorm, updates }: PlaneDescent,
  gradientAt: GradientAt,
  signal?: AbortSignal,
): Promise<DescentPoint[]> {
  let [a, b] = start;
  const points: DescentPoint[] = [];
  for (let update = 0; update <= updates && !signal?.aborted; update++) {
    const at = await gradientAt(pointOnPlane(parameters, plane, a, b));
    if (at === null || !Number.isFinite(at.loss)) {
      points.push({ a, b, loss: Infinity, gradientNorm: NaN });
      break;
    }
    const [ga, gb] = [dot(at.gradient, plane.first), dot(at.gradient, plane.second)];
    const gradientNorm = Math.hypot(ga, gb);
    points.push({ a, b, loss: at.loss, gradientNorm });
    const scale = clipNorm !== null && gradientNorm > clipNorm ? clipNorm / gradientNorm : 1;
    [a, b] = [a - lr * scale * ga, b - lr * scale * gb];
    if (!Number.isFinite(a) || !Number.isFinite(b)) break;
  }
  return points;
}
