import { memo } from 'react';
import type { Activation } from '../../model/kinds';
import { activate, slope } from '../../reference/activations';
import styles from './Sparkline.module.css';

const WIDTH = 40;
const HEIGHT = 18;
/** a from −REACH to REACH, values from −1.2 to 1.6: enough to tell every f from the others. */
const REACH = 3.5;
const TOP = 1.6;
const BOTTOM = -1.2;
const POINTS = 48;

function path(value: (a: number) => number): string {
  let drawn = '';
  let inside = false;
  for (let i = 0; i <= POINTS; i++) {
    const y = value(REACH * ((2 * i) / POINTS - 1));
    if (y > TOP || y < BOTTOM) {
      inside = false;
      continue;
    }
    const top = (HEIGHT * (TOP - y)) / (TOP - BOTTOM);
    drawn += `${inside ? 'L' : 'M'}${((WIDTH * i) / POINTS).toFixed(1)} ${top.toFixed(1)}`;
    inside = true;
  }
  return drawn;
}

/** f solid and f′ dashed, as a picture beside the name. */
export const Sparkline = memo(function Sparkline({ activation }: { activation: Activation }) {
  const zero = (HEIGHT * TOP) / (TOP - BOTTOM);
  return (
    <svg className={styles.spark} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <path className={styles.axis} d={`M0 ${zero}H${WIDTH}M${WIDTH / 2} 0V${HEIGHT}`} />
      <path className={styles.slope} d={path((a) => slope(activation, a))} />
      <path className={styles.value} d={path((a) => activate(activation, a))} />
    </svg>
  );
});
