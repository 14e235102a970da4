/** A piece of a level line, in grid units: x along columns, y along rows. */
export type Segment = readonly [x0: number, y0: number, x1: number, y1: number];

/**
 * Level lines of values on a square grid by marching squares, a straight piece for each cell that a
 * level crosses (two for a saddle, split by the mean). Cells with a corner that is not finite have none.
 * @param values [size,size], row i at y = i
 */
export function contours(
  values: ArrayLike<number>,
  size: number,
  levels: readonly number[],
): Segment[] {
  const segments: Segment[] = [];
  for (let i = 0; i + 1 < size; i++) {
    for (let j = 0; j + 1 < size; j++) {
      const corners = [
        values[i * size + j]!,
        values[i * size + j + 1]!,
        values[(i + 1) * size + j + 1]!,
        values[(i + 1) * size + j]!,
      ] as const;
      if (!corners.every(Number.isFinite)) continue;
      const [low, high] = [Math.min(...corners), Math.max(...corners)];
      for (const level of levels) {
        if (low < level && level <= high) cross(corners, level, i, j, segments);
      }
    }
  }
  return segments;
}

type Corners = readonly [number, number, number, number];

/** Corners in turn: (0,0), (1,0), (1,1), (0,1) of the cell. Side s lies between corners s and s + 1. */
function cross(corners: Corners, level: number, i: number, j: number, out: Segment[]): void {
  const above = corners.map((value) => value >= level);
  const onSide = (side: number): readonly [number, number] => {
    const [from, to] = [corners[side]!, corners[(side + 1) % 4]!];
    const part = (level - from) / (to - from);
    switch (side) {
      case 0:
        return [j + part, i];
      case 1:
        return [j + 1, i + part];
      case 2:
        return [j + 1 - part, i + 1];
      default:
        return [j, i + 1 - part];
    }
  };
  const crossed = [0, 1, 2, 3].filter((side) => above[side] !== above[(side + 1) % 4]);
  const join = (a: number, b: number) => out.push([...onSide(a), ...onSide(b)]);
  if (crossed.length === 2) join(crossed[0]!, crossed[1]!);
  else if (crossed.length === 4) {
    const isHigh = corners.reduce((sum, value) => sum + value, 0) / 4 >= level;
    // The two corners like the middle stay together: the others are cut off.
    const cutsFirst = above[0] !== isHigh;
    const pairs = cutsFirst ? ([3, 0, 1, 2] as const) : ([0, 1, 2, 3] as const);
    join(pairs[0], pairs[1]);
    join(pairs[2], pairs[3]);
  }
}
