import type { Problem } from '../../../model/problem';
import { GRID_SIZES } from '../../../model/surface';

/** Multiply-adds per second of the forward pass; good to a factor of a few. */
const SPEED = { cpu: 4e8, gpu: 3e10 };
/** Up to so long the finest grid may take. */
const MOST_SECONDS = 20;
const LEAST_SIZE = 17;

/** About how long a grid of `size` points along each side takes. */
function surfaceSeconds(
  { T, B, I, H, O }: Problem,
  size: number,
  engine: keyof typeof SPEED,
): number {
  const step = H * (H + I + O) + 40 * H + 60 * O + 100;
  return (size * size * T * B * step) / SPEED[engine];
}

/** The finest grid that is done in time; the least one worth looking at where none is. */
export function finestGrid(problem: Problem, engine: keyof typeof SPEED): number {
  const fits = GRID_SIZES.filter((size) => surfaceSeconds(problem, size, engine) <= MOST_SECONDS);
  return Math.max(LEAST_SIZE, fits[fits.length - 1] ?? 0);
}
