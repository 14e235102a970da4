import type { ReactNode } from 'react';
import { MathText, plainMath } from './MathText';
import type { Point } from './series';
import { yOf, type PlotFrame } from './sketchPaths';
import { centreOf, leftOf, type TimeScale } from './timeScale';
import styles from './charts.module.css';

/** A range of magnitudes that a number format cannot hold, in log10. */
export interface RangeBand {
  readonly kind: 'below' | 'above';
  readonly low: number;
  readonly high: number;
  readonly text: string;
}

/** Strips at the bottom where the gradient is exactly zero: no place on a logarithmic axis. */
export function ZeroRuns(props: {
  readonly runs: readonly { readonly from: number; readonly to: number }[];
  readonly text: string;
  readonly scale: TimeScale;
}): ReactNode {
  const { runs, text, scale } = props;
  return runs.map(({ from, to }) => {
    const left = Math.max(0, leftOf(scale, from));
    const right = Math.min(scale.width, leftOf(scale, to + 1));
    const width = Math.max(3, right - left);
    return (
      <span key={from} className={styles.zeroRun} style={{ left, width }}>
        {width > 70 && <span className={styles.zeroText}>{text}</span>}
      </span>
    );
  });
}

const LABEL = 15;

function placedBands(
  bands: readonly RangeBand[],
  frame: PlotFrame,
): { readonly text: string; readonly top: number }[] {
  const placed = bands.map((band) => ({
    text: band.text,
    top: band.kind === 'below' ? yOf(frame, band.high) + 2 : yOf(frame, band.low) - LABEL - 2,
  }));
  return placed.filter(
    ({ top }, i) =>
      top >= 0 &&
      top <= frame.height - LABEL &&
      // Bands are listed from the first limit to the last: the farther one says more.
      placed.slice(i + 1).every((other) => Math.abs(other.top - top) >= LABEL),
  );
}

/** Each label inside its band at the edge where the format gives up; crowded ones give way. */
export function BandLabels(props: {
  readonly bands: readonly RangeBand[];
  readonly frame: PlotFrame;
}): ReactNode {
  return placedBands(props.bands, props.frame).map(({ text, top }) => (
    <span key={text} className={styles.bandText} style={{ top: `${top}px` }}>
      {text}
    </span>
  ));
}

/** The bound's name, on the side of its line where the line is not. */
export function BoundLabel(props: {
  readonly bound: readonly Point[];
  readonly text: string;
  readonly frame: PlotFrame;
}): ReactNode {
  const { bound, text, frame } = props;
  const inside = bound.filter(
    ({ value }) => value !== null && value > frame.low && value < frame.high,
  );
  const [first, last] = [inside[0], inside[inside.length - 1]];
  if (first === undefined || last === undefined || first === last) return null;
  const rises = (last.value ?? 0) > (first.value ?? 0);
  const point = inside[Math.floor(inside.length * (rises ? 0.5 : 0.3))] ?? first;
  const x = centreOf(frame.scale, point.step);
  const y = yOf(frame, point.value ?? 0);
  const width = widthOf(text);
  const hasRoom = rises ? x - width > TICK_WIDTH : x + width < frame.scale.width;
  const run = Math.max(
    1,
    Math.abs(centreOf(frame.scale, last.step) - centreOf(frame.scale, first.step)),
  );
  const rise = Math.abs(yOf(frame, last.value ?? 0) - yOf(frame, first.value ?? 0));
  // On the side to which the line falls: above it or, under the upper edge, below its lower part.
  // Where that side is full, below it on the other one.
  const above = y - LABEL - 5;
  const below = y + (rise / run) * width + 5;
  const isBeside = hasRoom && (above >= -2 || below <= frame.height - LABEL);
  const left = rises === isBeside ? x - width : x;
  const top = !isBeside ? y + 5 : above >= -2 ? above : below;
  return (
    <span
      className={styles.boundText}
      style={{
        left: `${Math.max(0, Math.min(frame.scale.width - width, left))}px`,
        top: `${Math.max(0, Math.min(frame.height - LABEL, top))}px`,
      }}
    >
      <MathText text={text} />
    </span>
  );
}

/** About the width of a label in CSS pixels; a Chinese character is as wide as two letters. */
function widthOf(text: string): number {
  const plain = [...plainMath(text)];
  return plain.reduce((sum, character) => sum + (character > '\u2e7f' ? 11.5 : 6), 6);
}

/** Room for the sent error's name and for a band's, in pixels */
const SENT_WIDTH = 150;
const BAND_WIDTH = 220;
const TICK_WIDTH = 44;

/** The name of the error sent back, below its line, where no band's label is. */
export function SentLabel(props: {
  readonly sent: readonly Point[];
  readonly text: string;
  readonly bands: readonly RangeBand[];
  readonly frame: PlotFrame;
}): ReactNode {
  const { sent, text, bands, frame } = props;
  const inside = sent.filter(
    ({ value }) => value !== null && value > frame.low && value < frame.high,
  );
  const [first, last] = [inside[0], inside[inside.length - 1]];
  if (first === undefined || last === undefined) return null;
  const rises = (last.value ?? 0) >= (first.value ?? 0);
  const labels = placedBands(bands, frame);
  const places = [0.5, 0.65, 0.35, 0.8, 0.2, 0.05].map((part) => {
    const { step, value } = inside[Math.floor((inside.length - 1) * part)] ?? first;
    const x = centreOf(frame.scale, step) + (rises ? 10 : -10 - SENT_WIDTH);
    const left = Math.max(0, Math.min(frame.scale.width - SENT_WIDTH, x));
    const top = Math.min(frame.height - LABEL, yOf(frame, value ?? 0) + 5);
    return { left, top };
  });
  const isFree = ({ left, top }: { left: number; top: number }) =>
    left > TICK_WIDTH &&
    (left + SENT_WIDTH < frame.scale.width - BAND_WIDTH ||
      labels.every((label) => Math.abs(label.top - top) >= LABEL));
  const { left, top } = places.find(isFree) ?? places[0]!;
  return (
    <span
      className={styles.boundText}
      data-sent-from
      style={{ left: `${left}px`, top: `${top}px` }}
    >
      <MathText text={text} />
    </span>
  );
}
