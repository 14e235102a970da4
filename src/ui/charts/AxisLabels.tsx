import { useState, type ReactNode } from 'react';
import styles from './charts.module.css';

/** Labels of a vertical axis, inside the plot so that the time axis has all of its width. */
export function AxisLabels(props: {
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
  readonly low: number;
  readonly high: number;
  readonly height: number;
}): ReactNode {
  const { ticks, low, high, height } = props;
  // Those not needed any more stay, unseen: a positioned element that comes or goes makes Chromium
  // put all layers together anew.
  const [most, setMost] = useState(ticks.length);
  if (ticks.length > most) setMost(ticks.length);
  return (
    <div className={styles.labels}>
      {Array.from({ length: most }, (_, place) => {
        const { value, text } = ticks[place] ?? { value: high, text: '' };
        const y = ((high - value) / (high - low)) * height;
        // A label at the very edge would be cut in half.
        const visibility = y < 5 || y > height - 5 ? 'hidden' : undefined;
        return (
          // By its place: in a drag the values change, and elements are dear.
          <span key={place} className={styles.tick} style={{ top: `${y}px`, visibility }}>
            {text}
          </span>
        );
      })}
    </div>
  );
}
