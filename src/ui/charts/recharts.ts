import type { TimeScale } from './timeScale';

/** No margins and no axis room: the plot area of every chart is exactly its element. */
export const NO_MARGIN = { top: 0, right: 0, bottom: 0, left: 0 };

/** Half a step of room at both ends, so that step t has its centre at t. */
export function timeDomain(scale: TimeScale): [number, number] {
  return [scale.from - 0.5, scale.to + 0.5];
}
