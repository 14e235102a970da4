import { linksOf, lossWindows, mostWindowsAtOnce, type BackwardWindow } from '../../model/links';
import type { Problem } from '../../model/problem';

/** Windows that do not meet in time, so that one backward pass serves them all. */
type Lane = readonly BackwardWindow[];

/** As few lanes as there are windows under way at once; one without a window. */
export function lanesOf(problem: Pick<Problem, 'T' | 'window' | 'lossWeights'>): Lane[] {
  const windows = lossWindows(problem);
  const lanes: BackwardWindow[][] = [];
  let next = 0;
  const count = mostWindowsAtOnce(windows);
  for (const window of windows) {
    // Windows begin and end in the same order: the lane used longest ago is free first.
    const lane = (lanes[next] ??= []);
    lane.push(window);
    next = (next + 1) % count;
  }
  return lanes;
}

/**
 * [lanes,2,T+1], the links of backward.wgsl: what each step passes back, then which steps' own losses
 * are in the lane.
 */
export function packLinks(problem: Problem): Float32Array<ArrayBuffer> {
  const lanes = lanesOf(problem);
  const steps = problem.T + 1;
  const links = linksOf(problem);
  const packed = new Float32Array(lanes.length * 2 * steps);
  lanes.forEach((windows, lane) => {
    const own = packed.subarray(2 * lane * steps, (2 * lane + 1) * steps);
    const losses = packed.subarray((2 * lane + 1) * steps, (2 * lane + 2) * steps);
    own.set(links);
    for (const { first, after, to } of windows) {
      if (first > 1) own[first - 1] = 0;
      losses.fill(1, after + 1, to + 1);
    }
  });
  return packed;
}
