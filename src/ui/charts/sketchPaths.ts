import type { Point, RangePoint } from './series';
import { centreOf, type TimeScale } from './timeScale';

/** Where values of a chart over time are in its picture: CSS pixels, y downwards. */
export interface PlotFrame {
  readonly scale: TimeScale;
  /** Values at the lower and at the upper edge */
  readonly low: number;
  readonly high: number;
  readonly height: number;
}

export function yOf({ low, high, height }: PlotFrame, value: number): number {
  return ((high - value) / (high - low)) * height;
}

/** Pixels between a line that leaves the frame and its edge: half a line's width, rounded. */
const AIR = 2;

/**
 * What of a line is inside its frame, with a point where it leaves it: nobody sees the rest, and paths
 * that reach out of what clips them make Chromium put all layers together anew.
 */
export function insideFrame(points: readonly Point[], { low, high, height }: PlotFrame): Point[] {
  const air = (AIR / height) * (high - low);
  const [least, most] = [low + air, high - air];
  const inside: Point[] = [];
  points.forEach(({ step, value }, i) => {
    const before = points[i - 1];
    if (before !== undefined && before.value !== null && value !== null) {
      const rise = value - before.value;
      const crossings = [least, most]
        .map((edge) => ({ edge, part: (edge - before.value!) / rise }))
        .filter(({ part }) => part > 0 && part < 1)
        .sort((a, b) => a.part - b.part);
      for (const { edge, part } of crossings) {
        inside.push({ step: before.step + part * (step - before.step), value: edge });
      }
    }
    const isInside = value !== null && value >= least && value <= most;
    inside.push({ step, value: isInside ? value : null });
  });
  return inside;
}

function pair(x: number, y: number): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

/** The points between gaps; a point without values is a gap. */
function runsOf(
  points: readonly RangePoint[],
): (readonly [step: number, low: number, high: number])[][] {
  const runs: (readonly [number, number, number])[][] = [];
  let isOpen = false;
  for (const { step, low, high } of points) {
    if (low === null || high === null) {
      isOpen = false;
      continue;
    }
    if (!isOpen) runs.push([]);
    isOpen = true;
    runs[runs.length - 1]!.push([step, low, high]);
  }
  return runs;
}

/** The upper and, where it differs, the lower edge of a range, as lines. */
export function edgePath(points: readonly RangePoint[], frame: PlotFrame): string {
  return runsOf(points)
    .map((run) => {
      const edge = (side: 1 | 2) =>
        `M${run.map((p) => pair(centreOf(frame.scale, p[0]), yOf(frame, p[side]))).join('L')}`;
      return run.every(([, low, high]) => low === high) ? edge(2) : edge(2) + edge(1);
    })
    .join('');
}

/** What lies between the two edges; empty where they are one line. */
export function rangePath(points: readonly RangePoint[], frame: PlotFrame): string {
  return runsOf(points)
    .filter((run) => run.some(([, low, high]) => low !== high))
    .map((run) => {
      const at = (side: 1 | 2) =>
        run.map((p) => pair(centreOf(frame.scale, p[0]), yOf(frame, p[side])));
      return `M${[...at(2), ...at(1).reverse()].join('L')}Z`;
    })
    .join('');
}

/** Discs around centres, in one path: an element for each would cost more than all of it. */
export function discsPath(
  centres: readonly (readonly [x: number, y: number])[],
  radius: number,
): string {
  const around = `a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`;
  return centres.map(([x, y]) => `M${pair(x - radius, y)}${around}`).join('');
}

/** A disc on the upper value of every point that has one. */
export function dotPath(points: readonly RangePoint[], radius: number, frame: PlotFrame): string {
  const centres = points
    .filter(({ high }) => high !== null)
    .map(({ step, high }) => [centreOf(frame.scale, step), yOf(frame, high!)] as const);
  return discsPath(centres, radius);
}

/** The upper values as steps: each holds until the next point. */
export function steppedPath(points: readonly RangePoint[], frame: PlotFrame): string {
  return runsOf(points)
    .map(([first, ...rest]) => {
      const x = (step: number) => centreOf(frame.scale, step).toFixed(1);
      const y = (value: number) => yOf(frame, value).toFixed(1);
      const steps = rest.map(([step, , high]) => `H${x(step)}V${y(high)}`).join('');
      return `M${x(first![0])} ${y(first![2])}${steps}`;
    })
    .join('');
}

/** Bars as one outline standing on the frame's lower edge: `points` as barOutline gives them. */
export function stepPath(
  points: readonly { readonly step: number; readonly value: number | null }[],
  frame: PlotFrame,
): string {
  const first = points[0];
  if (first === undefined) return '';
  const x = (step: number) => centreOf(frame.scale, step).toFixed(1);
  const steps = points.map(({ step, value }) => `H${x(step)}V${yOf(frame, value ?? 0).toFixed(1)}`);
  return `M${x(first.step)} ${frame.height}${steps.join('')}V${frame.height}Z`;
}
