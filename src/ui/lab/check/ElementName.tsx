import type { ReactNode } from 'react';
import type { CheckedArray } from '../../../model/analyses';
import type { Shape } from '../../../model/problem';
import { elementName } from './position';

interface ElementNameProps {
  readonly array: CheckedArray;
  /** Flat row-major; −1: the array alone */
  readonly index: number;
  readonly shape: Shape;
}

/** dWh[3, 5]; in a narrow column the indices go to the next line. */
export function ElementName({ array, index, shape }: ElementNameProps): ReactNode {
  return (
    <>
      {array}
      <wbr />
      {elementName(array, index, shape).slice(array.length)}
    </>
  );
}
