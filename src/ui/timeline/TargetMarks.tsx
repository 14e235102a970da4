import { useMemo, type ReactNode } from 'react';
import type { HeatMap } from '../../engine/interface';
import { leftOf, type TimeScale } from '../charts/timeScale';
import { columnOfStep } from '../charts/heatMap';
import styles from './LossTrack.module.css';

/** Outlines the target's cells over a heat map of many outputs, where a step has a loss. */
export function TargetMarks(props: {
  readonly targets: HeatMap;
  readonly data: { readonly from: number; readonly to: number };
  readonly lossWeights: ArrayLike<number>;
  readonly scale: TimeScale;
  readonly height: number;
  readonly end: number;
}): ReactNode {
  const { targets, data, lossWeights, scale, height, end } = props;
  const path = useMemo(
    () => outline(targets, data, lossWeights, scale, height, end),
    [targets, data, lossWeights, scale, height, end],
  );
  return (
    <svg className={styles.marks} width={scale.width} height={height} aria-hidden="true">
      <path d={path} className={styles.targetHalo} />
      <path d={path} className={styles.target} />
    </svg>
  );
}

/** One horizontal stroke per shown step (or pixel) at the row of the target's largest entry. */
function outline(
  targets: HeatMap,
  data: { readonly from: number; readonly to: number },
  lossWeights: ArrayLike<number>,
  scale: TimeScale,
  height: number,
  end: number,
): string {
  const rowHeight = height / targets.rows;
  const first = Math.max(scale.from, data.from);
  const last = Math.min(scale.to, data.to, end - 1);
  const stride = Math.max(1, Math.ceil((last - first + 1) / scale.width));
  const strokes: string[] = [];
  for (let t = first; t <= last; t += stride) {
    if ((lossWeights[t - 1] ?? 0) === 0) continue;
    const column = columnOfStep(t, data.from, data.to, targets.columns);
    let row = 0;
    for (let r = 1; r < targets.rows; r++) {
      if (
        targets.maximum[r * targets.columns + column]! >
        targets.maximum[row * targets.columns + column]!
      ) {
        row = r;
      }
    }
    const y = ((row + 0.5) * rowHeight).toFixed(1);
    const right = leftOf(scale, t + stride).toFixed(1);
    strokes.push(`M${leftOf(scale, t).toFixed(1)} ${y}H${right}`);
  }
  return strokes.join('');
}
