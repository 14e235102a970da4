import { memo, type ReactNode } from 'react';
import { cutPositions } from './hit';
import type { TimeScale } from '../charts/timeScale';
import { RAIL_HEIGHT } from './usePointer';
import styles from './Overlay.module.css';

/** Scissors need this much room; closer cuts are lines only. */
const ROOM = 15;

/** The cuts through all tracks, their scissors on the rail. */
export const CutLines = memo(function CutLines(props: {
  readonly scale: TimeScale;
  readonly cuts: readonly number[];
}): ReactNode {
  const positions = cutPositions(props.scale, props.cuts);
  if (positions.length === 0) return null;
  const dense = positions.length > props.scale.width / 6;
  let last = -Infinity;
  const handles = positions.filter((x) => {
    const fits = x - last >= ROOM;
    if (fits) last = x;
    return fits;
  });
  // A path takes no percentage, so the lines are far longer than any page and the layer clips them.
  const path = positions.map((x) => `M${x.toFixed(2)} ${RAIL_HEIGHT - 4}V9999`).join('');
  return (
    <svg className={styles.cuts} data-dense={dense || undefined} aria-hidden="true">
      <path d={path} />
      {handles.map((x) => (
        <text key={x} x={Math.max(7, x)} y={RAIL_HEIGHT - 8} textAnchor="middle">
          ✂
        </text>
      ))}
    </svg>
  );
});
