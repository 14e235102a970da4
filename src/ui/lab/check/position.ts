import type { CheckedArray } from '../../../model/analyses';
import type { Shape } from '../../../model/problem';

/** The arrays whose first dimension is time: an element of theirs is at a step. */
const TIMED = ['lossPerStep', 'h', 'y', 'dh', 'delta'] as const satisfies CheckedArray[];

/** An element's indices, 1-based: [t], [t, n, unit], [row, column], [n, unit] or [unit]. */
export function elementIndices(array: CheckedArray, index: number, shape: Shape): number[] {
  const indices: number[] = [];
  let left = index;
  for (const size of innerSizes(array, shape)) {
    indices.unshift((left % size) + 1);
    left = Math.floor(left / size);
  }
  return [left + 1, ...indices];
}

/** The element of a flat row-major index as it is written, 1-based: dWh[3, 5]. −1: the array alone. */
export function elementName(array: CheckedArray, index: number, shape: Shape): string {
  return index < 0 ? array : `${array}[${elementIndices(array, index, shape).join(', ')}]`;
}

/** The step (1-based) and the batch entry (0-based, null for a loss) of an element that has a step. */
export function elementMoment(
  array: CheckedArray,
  index: number,
  shape: Shape,
): { readonly step: number; readonly batchEntry: number | null } | null {
  if (index < 0 || !TIMED.some((timed) => timed === array)) return null;
  const [step, entry] = elementIndices(array, index, shape);
  return { step: step!, batchEntry: entry === undefined ? null : entry - 1 };
}

/** How many values of an array there are to compare; arrays over time end before an overflow. */
export function checkedSize(array: CheckedArray, shape: Shape, overflowAt: number | null): number {
  const { T, B, I, H, O } = shape;
  const steps = overflowAt === null ? T : overflowAt - 1;
  switch (array) {
    case 'lossPerStep':
      return steps;
    case 'h':
    case 'dh':
    case 'delta':
      return steps * B * H;
    case 'y':
      return steps * B * O;
    case 'dWx':
      return H * I;
    case 'dWh':
      return H * H;
    case 'dWy':
      return O * H;
    case 'db':
      return H;
    case 'dc':
      return O;
    case 'dh0':
      return B * H;
  }
}

/** Sizes of all dimensions but the first, the last dimension first. */
function innerSizes(array: CheckedArray, { B, I, H, O }: Shape): readonly number[] {
  switch (array) {
    case 'h':
    case 'dh':
    case 'delta':
      return [H, B];
    case 'y':
      return [O, B];
    case 'dWx':
      return [I];
    case 'dWh':
    case 'dWy':
    case 'dh0':
      return [H];
    case 'lossPerStep':
    case 'db':
    case 'dc':
      return [];
  }
}
