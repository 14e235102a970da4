import { BpttError } from '../../model/errors';
import type { Problem } from '../../model/problem';

/** Multiply-adds of float64 that an analysis may take: some tens of seconds. */
const MOST_WORK = 2e10;

/** Throws BpttError 'too-large'. */
export function requireWork(problem: Problem, work: number, remedy: string): void {
  if (work <= MOST_WORK) return;
  const { T, B, H } = problem;
  throw new BpttError(
    'too-large',
    'T',
    `Comparing truncated gradients would take too long here; ${remedy}.`,
    { T, B, H },
  );
}

/** At most `points` whole numbers from 1 to `most`, evenly spread in their logarithm, both ends in. */
export function logSpaced(most: number, points: number): number[] {
  if (most <= points) return Array.from({ length: most }, (_, i) => i + 1);
  if (points === 1) return [most];
  const values = Array.from({ length: points }, (_, i) => Math.round(most ** (i / (points - 1))));
  return [...new Set(values)];
}
