/** An answer that takes no longer than this many seconds is computed unasked. */
export const QUIET_SECONDS = 4;
const SAMPLING_SECONDS = 2;
const MOST_POINTS = 128;
const FEWEST_POINTS = 24;
/** Up to this size all exponents are computed, and their sum is compared. */
export const ALL_EXPONENTS = 32;
export const SHOWN_EXPONENTS = 4;

/*
 * Seconds per multiply-add or so, measured on a slow laptop's core: a product's step costs about
 * 5 H³, its singular values and those of J_t fifteen times as much, a QR step 4 H²·count.
 */
const PER_STEP = 1e-8;
const PER_SAMPLE = 2.5e-7;
const PER_TURN = 2.4e-8;
/** Of one step or sample however small H is */
const OVERHEAD = 1e-5;

export interface Cost {
  readonly seconds: number;
  /** What the estimate depends on; equal sizes need no second permission */
  readonly size: string;
}

/** How many of `span` steps show their singular values: fewer where each takes long. */
export function samplesFor(H: number, span: number): number {
  const affordable = Math.floor(SAMPLING_SECONDS / (PER_SAMPLE * H ** 3));
  return Math.min(span, MOST_POINTS, Math.max(FEWEST_POINTS, affordable));
}

export function singularValuesCost(H: number, span: number): Cost {
  const steps = span * (PER_STEP * H ** 3 + OVERHEAD);
  const samples = samplesFor(H, span) * (PER_SAMPLE * H ** 3 + OVERHEAD);
  return { seconds: steps + samples, size: `${H} ${span}` };
}

/** All exponents of a small network, if they are cheap; else the few that are shown. */
export function exponentsCounted(H: number, T: number): number {
  const all = H <= ALL_EXPONENTS && exponentsCost(H, T, H).seconds <= QUIET_SECONDS;
  return all ? H : Math.min(H, SHOWN_EXPONENTS);
}

export function exponentsCost(H: number, T: number, count: number): Cost {
  return { seconds: T * (PER_TURN * H * H * count + OVERHEAD), size: `${H} ${T}` };
}
