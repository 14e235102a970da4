import { BpttError } from './errors';
import { lossWindows, mostWindowsAtOnce } from './links';
import type { Problem } from './problem';

/** Multiply-adds of the float64 reference that a check may take when it is asked for: some seconds. */
const MOST_WORK = 4e9;
/** As many after every edit, unasked: a few hundred milliseconds of one core. */
const MOST_QUIET_WORK = 3e8;

function checkWork(problem: Problem, differences: boolean): number {
  const { T, B, I, H, O } = problem;
  const passes = mostWindowsAtOnce(lossWindows(problem));
  return T * B * H * (H + I + O + 20) * passes * (differences ? 120 : 10);
}

/** Whether a check is cheap enough to be run after every edit without being asked for. */
export function isQuietCheck(problem: Problem): boolean {
  return checkWork(problem, false) <= MOST_QUIET_WORK;
}

/** Whether the reference is done within some seconds, which is worth waiting for when asked. */
export function isCheckable(problem: Problem, differences: boolean): boolean {
  return checkWork(problem, differences) <= MOST_WORK;
}

/** Throws 'too-large' when the reference would take too long even when asked for. */
export function requireCheckable(problem: Problem, differences: boolean): void {
  if (isCheckable(problem, differences)) return;
  const { T, B, H } = problem;
  throw new BpttError(
    'too-large',
    'T',
    'Checking this in float64 would take too long; choose fewer steps, units or batch entries.',
    { T, B, H },
  );
}
