import type { CheckedArray } from '../../model/analyses';
import type { Shape } from '../../model/problem';

/** Where a flat row-major index lies, 1-based: [t, n, unit], [row, column] or [entry]. */
export function elementPosition(array: CheckedArray, index: number, shape: Shape): string {
  if (index < 0) return '–';
  const rest: number[] = [];
  let left = index;
  for (const size of innerSizes(array, shape)) {
    rest.unshift((left % size) + 1);
    left = Math.floor(left / size);
  }
  return `[${[left + 1, ...rest].join(', ')}]`;
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
