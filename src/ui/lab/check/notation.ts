import type { CheckedArray, CheckLevel } from '../../../model/analyses';
import type { MessageKey } from '../../../i18n';
import type { Shape } from '../../../model/problem';
import type { Translate } from '../../app/context';
import { formatCount } from '../../charts/format';
import { elementIndices } from './position';

/** A level's mark, so that it is not told by colour alone; '?' where nothing can be said. */
export const MARKS: Record<CheckLevel | 'unknown', string> = {
  good: '✓',
  fair: '!',
  bad: '✗',
  unknown: '?',
};

/** The arrays by their symbols; markup of MathText. */
export const CHECK_NOTATION: Record<CheckedArray, string> = {
  lossPerStep: '*w*_t *ℓ*_t',
  h: '*h*_t',
  y: '*y*_t',
  dh: '∂*L*/∂*h*_t',
  delta: '*δ*_t = ∂*L*/∂*a*_t',
  dWx: '∂*L*/∂*W*_x',
  dWh: '∂*L*/∂*W*_h',
  db: '∂*L*/∂*b*',
  dWy: '∂*L*/∂*W*_y',
  dc: '∂*L*/∂*c*',
  dh0: '∂*L*/∂*h*_0',
};

/** What an array's indices mean, in their order. */
const PLACES: Record<CheckedArray, MessageKey> = {
  lossPerStep: 'check.place.step',
  h: 'check.place.stepUnit',
  y: 'check.place.stepOutput',
  dh: 'check.place.stepUnit',
  delta: 'check.place.stepUnit',
  dWx: 'check.place.unitInput',
  dWh: 'check.place.unitUnit',
  db: 'check.place.unit',
  dWy: 'check.place.outputUnit',
  dc: 'check.place.output',
  dh0: 'check.place.entryUnit',
};

/** Where an element is, in words: “step 30, batch entry 1, unit 5”. */
export function placeInWords(
  text: Translate,
  array: CheckedArray,
  index: number,
  shape: Shape,
): string {
  const [first = 1, second = 1, third = 1] = elementIndices(array, index, shape);
  return text(PLACES[array], {
    first: formatCount(first),
    second: formatCount(second),
    third: formatCount(third),
  });
}
