import { memo, useMemo, type ReactNode } from 'react';
import { useInTurn } from '../app/useInTurn';
import type { GhostCurve } from './ghosts';
import { freestPlace, type Box, type PlotLine } from './labelPlaces';
import { MathText } from './MathText';
import type { Point, RangePoint } from './series';
import { yOf, type PlotFrame } from './sketchPaths';
import { labelWidth } from './textWidth';
import { centreOf, cutPositions, plotSpan, type TimeScale } from './timeScale';
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
    const { left, width: whole } = plotSpan(scale, from, to);
    const width = Math.max(3, whole);
    return (
      <span key={from} className={styles.zeroRun} style={{ left, width }}>
        {width > 70 && <span className={styles.zeroText}>{text}</span>}
      </span>
    );
  });
}

/** Height of a label in CSS pixels */
const LABEL = 15;
/** Its ground is a little wider than its text, on both sides. */
const PADDING = 3;
/** Height of the strips of exact zeros */
const ZEROS = 15;
/** More cuts than this are everywhere, and no label can keep clear of them. */
const MOST_CUTS = 12;

export interface GradientLabelsProps {
  readonly points: readonly RangePoint[];
  readonly bands: readonly RangeBand[];
  readonly bound: readonly Point[];
  readonly boundText: string;
  readonly sent: readonly Point[];
  readonly sentText: string;
  readonly ghosts: readonly GhostCurve[];
  /** Cuts by hand, drawn through the plot */
  readonly cuts: readonly number[];
  readonly zeros: readonly { readonly from: number; readonly to: number }[];
  /** What the axis's own labels take at the left */
  readonly tickWidth: number;
  /** Where what is known ends: bands are named before it. */
  readonly right: number;
  readonly frame: PlotFrame;
}

/**
 * Names of the bands and of the lines, each where as little as possible runs through it; none where
 * another label is everywhere. The playhead is no obstacle: labels stand still while it moves.
 */
export const GradientLabels = memo(function GradientLabels(props: GradientLabelsProps): ReactNode {
  return <PlacedLabels {...useInTurn(props)} />;
});

const PlacedLabels = memo(function PlacedLabels(props: GradientLabelsProps): ReactNode {
  const { points, bands, bound, boundText, sent, sentText, frame } = props;
  const { ghosts, cuts, zeros, tickWidth, right } = props;
  const pinned = useMemo(
    () => ghosts.flatMap((ghost) => linesOf(middles(ghost.points), frame)),
    [ghosts, frame],
  );
  const labels = useMemo(() => {
    const { scale, height } = frame;
    const own = [middles(points), bound, sent].flatMap((line) => linesOf(line, frame));
    const lines = [...own, ...pinned, ...cutLines(cuts, frame)];
    const taken: Box[] = [
      { left: 0, top: 0, width: tickWidth, height },
      ...zeros.map(({ from, to }) => {
        return { ...plotSpan(scale, from, to), top: height - ZEROS, height: ZEROS };
      }),
    ];
    const place = (text: string, places: readonly Box[]) => {
      const box = freestPlace(places, taken, lines);
      if (box !== null) taken.push(box);
      return box === null ? null : { text, box };
    };
    return {
      bands: placedBands(bands, frame).map(({ text, top }) =>
        place(text, bandPlaces(text, top, tickWidth, right)),
      ),
      bound: place(boundText, linePlaces(bound, boundText, frame)),
      sent: place(sentText, linePlaces(sent, sentText, frame)),
    };
  }, [
    points,
    bands,
    bound,
    boundText,
    sent,
    sentText,
    pinned,
    cuts,
    zeros,
    tickWidth,
    right,
    frame,
  ]);
  return (
    <div className={styles.labels}>
      {labels.bands.map(
        (label) => label && <Label key={label.text} kind={styles.bandText} {...label} />,
      )}
      {labels.bound && <Label kind={styles.boundText} {...labels.bound} />}
      {labels.sent && <Label kind={styles.boundText} data-sent-from {...labels.sent} />}
    </div>
  );
});

function Label(props: {
  readonly kind: string | undefined;
  readonly text: string;
  readonly box: Box;
  readonly 'data-sent-from'?: true;
}): ReactNode {
  const { kind, text, box, ...marks } = props;
  return (
    <span className={kind} style={{ left: `${box.left}px`, top: `${box.top}px` }} {...marks}>
      <MathText text={text} />
    </span>
  );
}

function middles(points: readonly RangePoint[]): Point[] {
  return points.map(({ step, low, high }) => ({
    step,
    value: low === null || high === null ? null : (low + high) / 2,
  }));
}

function cutLines(cuts: readonly number[], { scale, height }: PlotFrame): PlotLine[] {
  const shown = cutPositions(scale, cuts);
  if (shown.length > MOST_CUTS) return [];
  return shown.map((x) => [
    [x, 0],
    [x, height],
  ]);
}

/** A series between its gaps, in pixels. */
function linesOf(points: readonly Point[], frame: PlotFrame): PlotLine[] {
  const lines: [number, number][][] = [[]];
  for (const { step, value } of points) {
    if (value === null) lines.push([]);
    else lines[lines.length - 1]!.push([centreOf(frame.scale, step), yOf(frame, value)]);
  }
  return lines.filter((line) => line.length > 0);
}

/** Where bands are named: inside them, at the edge where the format gives up. */
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

/** Along a band's edge between two places, from the right; none where it does not fit. */
function bandPlaces(text: string, top: number, left: number, right: number): Box[] {
  const width = widthOf(text);
  const room = right - 6 - width - left;
  if (room < 0) return [];
  return [1, 0, 0.75, 0.5, 0.25, 0.875, 0.625, 0.375, 0.125].map((part) => ({
    left: left + part * room,
    top,
    width,
    height: LABEL,
  }));
}

/** Beside a line, above and below it, at several of its points; none for a line out of sight. */
function linePlaces(line: readonly Point[], text: string, frame: PlotFrame): Box[] {
  const inside = line.filter(
    ({ value }) => value !== null && value > frame.low && value < frame.high,
  );
  if (inside.length < 2) return [];
  const width = widthOf(text);
  const { scale, height } = frame;
  return [0.35, 0.5, 0.65, 0.2, 0.8, 0.05, 0.95].flatMap((part) => {
    const { step, value } = inside[Math.floor((inside.length - 1) * part)]!;
    const [x, y] = [centreOf(scale, step), yOf(frame, value ?? 0)];
    return [
      [x - width - 4, y - LABEL - 5],
      [x - width / 2, y - LABEL - 5],
      [x + 4, y - LABEL - 5],
      [x + 4, y + 5],
      [x - width / 2, y + 5],
      [x - width - 4, y + 5],
      [x - width / 2, y + 5 + LABEL],
      [x - width / 2, y + 5 + 2 * LABEL],
    ]
      .filter(([left, top]) => top! >= -2 && top! <= height - LABEL && left! >= 0)
      .map(([left, top]) => ({
        left: Math.min(left!, Math.max(0, scale.width - width)),
        top: Math.max(0, top!),
        width,
        height: LABEL,
      }));
  });
}

function widthOf(text: string): number {
  return labelWidth(text) + 2 * PADDING;
}
