import { memo, type ReactNode } from 'react';
import { useText } from '../../app/context';
import { formatCount } from '../../charts/format';
import { plainMath } from '../../charts/MathText';
import { Hatchings } from '../../charts/SquareMap';
import { centreOf, leftOf, timeTicks } from '../../charts/timeScale';
import { runsOf, type LagCell, type LagMap } from './lagCells';
import square from '../../charts/SquareMap.module.css';
import styles from './lag.module.css';

/** Steps up to which the edge of the triangle shows its cells. */
const MOST_STAIRS = 256;

/** The triangle k ≤ s between two rows, as a path; `first` and `last` are 1-based. */
function trapezium(T: number, size: number, first: number, last: number): string {
  const w = size / T;
  const [top, bottom] = [(first - 1) * w, last * w];
  if (T > MOST_STAIRS) return `M0 ${top}H${top}L${bottom} ${bottom}H0Z`;
  let path = `M0 ${top}`;
  for (let s = first; s <= last; s++) path += `H${s * w}V${s * w}`;
  return `${path}H0Z`;
}

/** What shows where there is no norm: exact zeros, rows without a loss, steps after an overflow. */
export const LagGround = memo(function LagGround(props: {
  readonly map: LagMap;
  readonly size: number;
  readonly id: string;
}): ReactNode {
  const { map, size, id } = props;
  const { T, lossWeights, overflowAt } = map;
  const steps = overflowAt === null ? T : overflowAt - 1;
  const silent = runsOf(steps, (t) => lossWeights[t - 1] === 0);
  return (
    <svg className={square.layer} aria-hidden="true">
      <Hatchings id={id} />
      <path d={trapezium(T, size, 1, T)} fill={`url(#${id}zero)`} />
      <path
        className={styles.noLoss}
        d={silent.map(({ from, to }) => trapezium(T, size, from, to)).join('')}
      />
      {steps < T && <path d={trapezium(T, size, steps + 1, T)} fill={`url(#${id}overflow)`} />}
    </svg>
  );
});

/** Edge, ticks and names of the axes. */
export const LagFrame = memo(function LagFrame(props: {
  readonly map: LagMap;
  readonly size: number;
  readonly left: number;
  readonly bottom: number;
}): ReactNode {
  const { map, size, left, bottom } = props;
  const text = useText();
  const scale = { from: 1, to: map.T, width: size };
  const end = size + left;
  return (
    <svg className={square.layer} aria-hidden="true">
      <path className={square.axis} d={`M${left - 0.5} 0V${size + 0.5}H${end}`} />
      {timeTicks(scale, 28).map((t) => {
        const y = centreOf(scale, t);
        const at = Math.min(size - 1, Math.max(9, y + 4));
        return (
          <g key={t}>
            <path className={square.axis} d={`M${left - 4} ${y}H${left}`} />
            <text className={square.number} x={left - 6} y={at} textAnchor="end">
              {formatCount(t)}
            </text>
          </g>
        );
      })}
      {timeTicks(scale, 56).map((t) => {
        const x = left + centreOf(scale, t);
        const anchor = x < left + 12 ? 'start' : x > end - 14 ? 'end' : 'middle';
        return (
          <g key={t}>
            <path className={square.axis} d={`M${x} ${size}V${size + 4}`} />
            <text
              className={square.number}
              x={anchor === 'start' ? left : anchor === 'end' ? end : x}
              y={size + bottom - 6}
              textAnchor={anchor}
            >
              {formatCount(t)}
            </text>
          </g>
        );
      })}
      {/* The blank half of the square has room for the names. */}
      <text className={square.name} x={end} y={14} textAnchor="end">
        {plainMath(text('lag.rows'))}
      </text>
      <text className={square.name} x={end} y={32} textAnchor="end">
        {plainMath(text('lag.columns'))}
      </text>
    </svg>
  );
});

/** Cuts, the pinned cell and the crosshair of the present one. */
export function LagCross(props: {
  readonly T: number;
  readonly size: number;
  readonly cuts: readonly number[];
  readonly cell: LagCell;
  readonly isMoved: boolean;
  readonly pinned: LagCell | null;
}): ReactNode {
  const { T, size, cuts, cell, isMoved, pinned } = props;
  const scale = { from: 1, to: T, width: size };
  const [x, y] = [centreOf(scale, cell.k), centreOf(scale, cell.s)];
  // A line from the diagonal down: above it the square is blank.
  const lines = cuts.map((cut) => `M${leftOf(scale, cut)} ${leftOf(scale, cut)}V${size}`).join('');
  const cross = `M0 ${y}H${y}M${x} ${x}V${size}`;
  const edge = Math.max(5, size / T);
  return (
    <svg className={square.layer} aria-hidden="true">
      <path className={styles.cuts} data-dense={cuts.length > size / 6 || undefined} d={lines} />
      {isMoved && (
        <g data-export="none">
          <path className={square.crossHalo} d={cross} />
          <path className={square.cross} d={cross} />
          <rect className={styles.cell} {...around(x, y, edge)} />
        </g>
      )}
      {pinned !== null && (
        <rect
          className={styles.pin}
          data-export="none"
          {...around(centreOf(scale, pinned.k), centreOf(scale, pinned.s), Math.max(9, edge + 4))}
        />
      )}
    </svg>
  );
}

function around(x: number, y: number, edge: number) {
  return { x: x - edge / 2, y: y - edge / 2, width: edge, height: edge };
}
