import type { ReactNode } from 'react';
import { sequential } from '../theme/colors';
import { useTheme } from '../theme/useTheme';
import { formatLog2, powerOfTen } from './format';
import { LOG10_OF_2 } from './series';
import { logTicks, SHORT_AXIS } from './timeScale';
import styles from './ColourBar.module.css';

const STOPS = 24;
const MOST_TICKS = 6;
/** Labels of ticks further left are not centred. */
const LEFT_END = 0.08;

interface ColourBarProps {
  readonly low: number;
  readonly high: number;
}

/** What the colours of a magnitude map mean; low and high are log2. */
export function ColourBar({ low, high }: ColourBarProps): ReactNode {
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
      {spaced(ticks, from, to - from).map((tick) => {
        const part = to > from ? (tick - from) / (to - from) : 0.5;
        return (
          <span
            key={tick}
            style={{ left: `${100 * part}%` }}
            data-end={part < LEFT_END ? 'left' : part > 0.92 ? 'right' : undefined}
          >
            {to - from >= SHORT_AXIS ? powerOfTen(tick) : formatLog2(tick / LOG10_OF_2, 2)}
          </span>
        );
      })}
    </div>
  );
}

/** Ticks that keep a distance; more of it from one at the left end, whose label begins there. */
function spaced(ticks: readonly number[], low: number, span: number): number[] {
  const kept: number[] = [];
  const gap = span / (MOST_TICKS + 1);
  for (const tick of ticks) {
    const last = kept[kept.length - 1];
    const least = last !== undefined && last - low < LEFT_END * span ? 1.5 * gap : gap;
    if (last === undefined || tick - last >= least) kept.push(tick);
  }
  return kept;
}
