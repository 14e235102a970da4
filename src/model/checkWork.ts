import { BpttError } from './errors';
import type { Shape } from './problem';

/** Multiply-adds of the float64 reference that a check may take when it is asked for: some seconds. */
const MOST_WORK = 4e9;
/** As many after every edit, unasked: a few hundred milliseconds of one core. */
const MOST_QUIET_WORK = 3e8;

function checkWork({ T, B, I, H, O }: Shape, differences: boolean): number {
  return T * B * H * (H + I + O + 20) * (differences ? 120 : 10);
}

/** Whether a check is cheap enough to be run after every edit without being asked for. */
export function isQuietCheck(shape: Shape): boolean {
  return checkWork(shape, false) <= MOST_QUIET_WORK;
}

/** Whether the reference is done within some seconds, which is worth waiting for when asked. */
export function isCheckable(shape: Shape, differences: boolean): boolean {
  return checkWork(shape, differences) <= MOST_WORK;
}

/** Throws 'too-large' when the reference would take too long even when asked for. */
export function requireCheckable(shape: Shape, differences: boolean): void {
  if (isCheckable(shape, differences)) return;
  const { T, B, H } = shape;
  throw new BpttError(
    'too-large',
    'T',
    'Checking this in float64 would take too long; choose fewer steps, units or batch entries.',
    { T, B, H },
  );
}
