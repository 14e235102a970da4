import { memo, type ReactNode } from 'react';
import type { LinkMarks } from '../../analysis/reach';
import { cutPositions, leftOf, stepWidth, type TimeScale } from '../charts/timeScale';
import { RAIL_HEIGHT } from './usePointer';
import styles from './Overlay.module.css';

/** A sign on the rail needs this much room; closer ones are lines only. */
const ROOM = 15;

/**
 * Where gradients and states stop, through all tracks, with a sign on the rail: scissors for cuts
 * by hand, which can be dragged; thin lines for the scheme's; 0 where the state is reset.
 */
export const CutLines = memo(function CutLines(props: {
  readonly scale: TimeScale;
  readonly marks: LinkMarks;
}): ReactNode {
  const { scale, marks } = props;
  return (
    <svg className={styles.cuts} aria-hidden="true">
      <Lines scale={scale} steps={marks.schemeCuts} kind="scheme" sign="" />
      <Lines scale={scale} steps={marks.resets} kind="reset" sign="0" />
      <Lines scale={scale} steps={marks.cuts} kind="hand" sign="✂" />
    </svg>
  );
});

function Lines(props: {
  readonly scale: TimeScale;
  readonly steps: readonly number[];
  readonly kind: 'hand' | 'scheme' | 'reset';
  readonly sign: string;
}): ReactNode {
  const { scale, steps, kind, sign } = props;
  const positions = cutPositions(scale, steps);
  if (positions.length === 0) return null;
  const dense = positions.length > scale.width / 6;
  const signs = sign === '' ? [] : spaced(positions, ROOM);
  // A path takes no percentage, so the lines are far longer than any page and the layer clips them.
  const path = positions.map((x) => `M${x.toFixed(2)} ${RAIL_HEIGHT - 4}V9999`).join('');
  return (
    <g data-kind={kind} data-dense={dense || undefined}>
      <path d={path} />
      {signs.map((x) => (
        <text key={x} x={Math.max(7, x)} y={RAIL_HEIGHT - 8} textAnchor="middle">
          {sign}
        </text>
      ))}
    </g>
  );
}

/** Ascending positions without those closer than `room` to the last that is kept. */
function spaced(positions: readonly number[], room: number): number[] {
  const kept: number[] = [];
  for (const x of positions) {
    if (x - (kept[kept.length - 1] ?? -Infinity) >= room) kept.push(x);
  }
  return kept;
}

/** How far back the loss at the playhead's step reaches, as a bar on the rail. */
export function ReachBar(props: {
  readonly scale: TimeScale;
  readonly from: number;
  readonly step: number;
}): ReactNode {
  const { scale, from, step } = props;
  const left = Math.max(0, leftOf(scale, from));
  const right = Math.min(scale.width, leftOf(scale, step) + stepWidth(scale));
  if (right <= left) return null;
  return (
    <div
      className={styles.reach}
      data-export="none"
      style={{ left: `${left}px`, width: `${right - left}px` }}
    />
  );
}
