import type { ReactNode } from 'react';
import styles from './charts.module.css';

/** Labels of a vertical axis, inside the plot so that the time axis has all of its width. */
export function AxisLabels(props: {
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
  readonly low: number;
  readonly high: number;
  readonly height: number;
}): ReactNode {
  const { ticks, low, high, height } = props;
  return (
    <div className={styles.labels}>
      {ticks.map(({ value, text }, place) => {
        const y = ((high - value) / (high - low)) * height;
        // A label at the very edge would be cut in half.
        if (y < 5 || y > height - 5) return null;
        return (
          // By its place: in a drag the values change, and elements are dear.
          <span key={place} className={styles.tick} style={{ top: `${y}px` }}>
            {text}
          </span>
        );
      })}
    </div>
  );
}
