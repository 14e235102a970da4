/** A rectangle in a plot: CSS pixels from its upper left corner. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The corners of a line in a plot, in CSS pixels; a gap ends one line and begins another. */
export type PlotLine = readonly (readonly [x: number, y: number])[];

/** The first of the places with the least of the lines under it; none that lies over a box. */
export function freestPlace(
  places: readonly Box[],
  boxes: readonly Box[],
  lines: readonly PlotLine[],
): Box | null {
  let best: Box | null = null;
  let least = Infinity;
  for (const place of places) {
    if (boxes.some((box) => overlap(place, box))) continue;
    let cost = 0;
    for (const line of lines) if (cost < least) cost += lengthInside(line, place);
    if (cost >= least) continue;
    [best, least] = [place, cost];
    if (cost === 0) break;
  }
  return best;
}

function overlap(a: Box, b: Box): boolean {
  return (
    a.left < b.left + b.width &&
    b.left < a.left + a.width &&
    a.top < b.top + b.height &&
    b.top < a.top + a.height
  );
}

/** How much of a line runs through a box, in pixels (Liang and Barsky's clipping). */
export function lengthInside(line: PlotLine, { left, top, width, height }: Box): number {
  let sum = 0;
  for (let i = 1; i < line.length; i++) {
    const [x0, y0] = line[i - 1]!;
    const [x1, y1] = line[i]!;
    if (Math.max(x0, x1) < left || Math.min(x0, x1) > left + width) continue;
    const [dx, dy] = [x1 - x0, y1 - y0];
    let [from, to] = [0, 1];
    for (const [speed, room] of [
      [-dx, x0 - left],
      [dx, left + width - x0],
      [-dy, y0 - top],
      [dy, top + height - y0],
    ] as const) {
      if (speed === 0) {
        if (room <= 0) to = -1;
      } else if (speed < 0) from = Math.max(from, room / speed);
      else to = Math.min(to, room / speed);
    }
    if (to > from) sum += (to - from) * Math.hypot(dx, dy);
  }
  return sum;
}
