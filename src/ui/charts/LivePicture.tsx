import type { ReactNode } from 'react';
import { Picture } from './Picture';
import { useSettled } from './useSettled';
import styles from './charts.module.css';

/** A path of a sketch. */
export interface Stroke {
  readonly key: string;
  readonly d: string;
  readonly stroke?: string;
  readonly strokeWidth?: number;
  readonly dash?: string | undefined;
  readonly fill?: string;
  readonly fillOpacity?: number;
}

/**
 * A chart that follows a drag: while `value` keeps changing its curves are a few paths, drawn with
 * every change; recharts, which takes some ten milliseconds a chart, draws once it rests.
 */
export function LivePicture<V>(props: {
  /** All that `draw` needs; one object per change */
  readonly value: V;
  readonly width: number;
  readonly height: number;
  readonly draw: (value: V) => ReactNode;
  /** The same curves in the same colours */
  readonly sketch: (value: V) => readonly Stroke[];
}): ReactNode {
  const { value, width, height, draw, sketch } = props;
  const { settled, isLive } = useSettled(value);
  return (
    <>
      <div className={styles.settled} data-live={isLive || undefined}>
        <Picture>{draw(settled)}</Picture>
      </div>
      {isLive && (
        <svg className={styles.sketch} width={width} height={height} aria-hidden="true">
          {sketch(value).map(({ key, dash, ...paint }) => (
            <path key={key} fill="none" strokeLinejoin="round" strokeDasharray={dash} {...paint} />
          ))}
        </svg>
      )}
    </>
  );
}
