import type { ReactNode } from 'react';
import { leftOf, stepWidth, type TimeScale } from './timeScale';
import styles from './charts.module.css';

/**
 * Holds a chart drawn for `drawn` on the axis `scale` until it is drawn again: charts are redrawn a
 * few times a second, and meanwhile they are stretched so that every step stays in its place.
 */
export function TimeFrame(props: {
  readonly drawn: TimeScale;
  readonly scale: TimeScale;
  readonly children: ReactNode;
}): ReactNode {
  const { drawn, scale, children } = props;
  const stretch = stepWidth(scale) / stepWidth(drawn);
  const shift = leftOf(scale, drawn.from);
  const same = stretch === 1 && shift === 0;
  return (
    <div
      className={styles.frame}
      style={same ? undefined : { transform: `translateX(${shift}px) scaleX(${stretch})` }}
    >
      {children}
    </div>
  );
}

/** Labels of a vertical axis, inside the plot so that the time axis has all of its width. */
export function AxisLabels(props: {
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
  readonly low: number;
  readonly high: number;
  readonly height: number;
}): ReactNode {
  const { ticks, low, high, height } = props;
  return ticks.map(({ value, text }) => {
    const y = ((high - value) / (high - low)) * height;
    // A label at the very edge would be cut in half.
    if (y < 5 || y > height - 5) return null;
    return (
      <span key={value} className={styles.tick} style={{ top: `${y}px` }}>
        {text}
      </span>
    );
  });
}
