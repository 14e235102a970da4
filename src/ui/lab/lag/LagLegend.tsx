import { useId, useMemo, type ReactNode } from 'react';
import { useText } from '../../app/context';
import { formatLog2, powerOfTen } from '../../charts/format';
import { LOG10_OF_2 } from '../../charts/series';
import { logTicks, SHORT_AXIS } from '../../charts/timeScale';
import { sequential } from '../../theme/colors';
import { useTheme } from '../../theme/useTheme';
import { hasZeros, type LagMap } from './lagCells';
import { Patterns } from './LagOverlay';
import type { LagRange } from './LagTriangle';
import styles from './lag.module.css';

const STOPS = 24;
const MOST_TICKS = 6;

/** What the colours mean, and what stands where there is none. */
export function LagLegend(props: { readonly map: LagMap; readonly range: LagRange | null }) {
  const { map, range } = props;
  const text = useText();
  const id = useId();
  const zeros = useMemo(() => hasZeros(map), [map]);
  const silent = useMemo(() => Array.prototype.includes.call(map.lossWeights, 0), [map]);
  return (
    <div className={styles.legend}>
      {range !== null && <ColourBar range={range} />}
      <div className={styles.keys}>
        <svg width="0" height="0" aria-hidden="true">
          <Patterns id={id} />
        </svg>
        {zeros && <Key fill={`url(#${id}zero)`}>{text('lag.keyZero')}</Key>}
        {silent && <Key fill="var(--chip)">{text('lag.keyNoLoss')}</Key>}
        {map.overflowAt !== null && (
          <Key fill={`url(#${id}overflow)`}>{text('lag.keyOverflow')}</Key>
        )}
        {map.cuts.length > 0 && <Key>{text('lag.keyCut')}</Key>}
      </div>
    </div>
  );
}

/** Without a fill, the dashed line of a cut. */
function Key({ fill, children }: { readonly fill?: string; readonly children: ReactNode }) {
  return (
    <span>
      <svg width="20" height="12" aria-hidden="true">
        {fill === undefined ? (
          <path className={styles.cuts} d="M10 0V12" />
        ) : (
          <rect className={styles.swatch} x="0.5" y="0.5" width="19" height="11" style={{ fill }} />
        )}
      </svg>
      {children}
    </span>
  );
}

function ColourBar({ range: { low, high } }: { readonly range: LagRange }): ReactNode {
  const theme = useTheme();
  const colours = Array.from({ length: STOPS + 1 }, (_, i) => {
    const [r, g, b] = sequential(high > low ? i / STOPS : 1, theme);
    return `rgb(${r} ${g} ${b})`;
  });
  const [from, to] = [low * LOG10_OF_2, high * LOG10_OF_2];
  const inner = to - from > 1e-9 ? logTicks(from, to, MOST_TICKS) : [];
  // A range without a round number says its two ends.
  const ticks = inner.length >= 2 ? inner : to - from > 1e-9 ? [from, to] : [to];
  return (
    <div className={styles.bar}>
      <div
        className={styles.ramp}
        style={{ backgroundImage: `linear-gradient(to right, ${colours.join(', ')})` }}
      />
      {spaced(ticks, to - from).map((tick) => {
        const part = to > from ? (tick - from) / (to - from) : 0.5;
        return (
          <span
            key={tick}
            style={{ left: `${100 * part}%` }}
            data-end={part < 0.08 ? 'left' : part > 0.92 ? 'right' : undefined}
          >
            {to - from >= SHORT_AXIS ? powerOfTen(tick) : formatLog2(tick / LOG10_OF_2, 2)}
          </span>
        );
      })}
    </div>
  );
}

/** Ticks that keep a distance of a seventh of the axis. */
function spaced(ticks: readonly number[], span: number): number[] {
  const kept: number[] = [];
  for (const tick of ticks) {
    const last = kept[kept.length - 1];
    if (last === undefined || tick - last >= span / (MOST_TICKS + 1)) kept.push(tick);
  }
  return kept;
}
