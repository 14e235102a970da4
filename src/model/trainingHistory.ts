/**
 * Which updates' weights a run keeps: all multiples of a stride that doubles as the run grows, so
 * that never more than `most` + 1 are kept, evenly spread over the whole run.
 */

/** Bytes of float32 weights that the snapshots of one run may take. */
const SNAPSHOT_BYTES = 48 * 2 ** 20;
const MOST_SNAPSHOTS = 160;
const LEAST_SNAPSHOTS = 12;

/** How many snapshots of `weights` numbers a run keeps. */
export function mostSnapshots(weights: number): number {
  const fitting = Math.floor(SNAPSHOT_BYTES / (4 * weights));
  return Math.min(MOST_SNAPSHOTS, Math.max(LEAST_SNAPSHOTS, fitting));
}

/** The least power of two by which updates 0…step give at most `most` + 1 multiples. */
export function snapshotStride(step: number, most: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(step / most)));
}

/** The last step of the stride that `step` + 1 has: up to here snapshots are equally far apart. */
export function endOfStride(step: number, most: number): number {
  return most * snapshotStride(step + 1, most);
}
