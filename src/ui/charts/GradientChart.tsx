import { memo, useMemo, type ReactNode } from 'react';
import {
  Line,
  LineChart,
  ReferenceArea,
  ReferenceDot,
  ReferenceLine,
  XAxis,
  YAxis,
} from 'recharts';
import { powerOfTen } from './format';
import { MathText } from './MathText';
import { NO_MARGIN, timeDomain } from './recharts';
import { lonePoints, logDomain, type Point } from './series';
import { AxisLabels } from './TimeFrame';
import { decadeTicks, type TimeScale } from './timeScale';
import styles from './charts.module.css';

/** A range of magnitudes that a number format cannot hold, in log10. */
export interface RangeBand {
  readonly low: number;
  readonly high: number;
  readonly text: string;
}

interface GradientChartProps {
  /** log10 of the norm, null where it is exactly zero */
  readonly points: readonly Point[];
  /** log10 of the bound; empty when there is none */
  readonly bound: readonly Point[];
  readonly boundText: string;
  readonly bands: readonly RangeBand[];
  readonly zeros: readonly { readonly from: number; readonly to: number }[];
  readonly zeroText: string;
  readonly scale: TimeScale;
  readonly height: number;
}

interface Row {
  readonly step: number;
  readonly norm: number | null;
  readonly bound?: number | null;
}

/** One table for both lines; the bound has the same steps as the norm. */
function rowsOf(points: readonly Point[], bound: readonly Point[]): Row[] {
  const limit = new Map(bound.map(({ step, value }) => [step, value]));
  return points.map(({ step, value }) => ({ step, norm: value, bound: limit.get(step) ?? null }));
}

function boundLabelAt(bound: readonly Point[], low: number, high: number): Point | null {
  const inside = bound.filter(({ value }) => value !== null && value > low && value < high);
  return inside[Math.floor(inside.length * 0.3)] ?? null;
}

/** log10 of a norm over time on a linear axis: values far outside any float are ordinary numbers. */
export const GradientChart = memo(function GradientChart(props: GradientChartProps): ReactNode {
  const { points, bound, boundText, bands, zeros, zeroText, scale, height } = props;
  const { low, high } = useMemo(() => logDomain(points, bound), [points, bound]);
  const rows = useMemo(() => rowsOf(points, bound), [points, bound]);
  const ticks = decadeTicks(low, high, height / 22);
  const shownBands = bands
    .map((band) => ({ ...band, low: Math.max(low, band.low), high: Math.min(high, band.high) }))
    .filter((band) => band.high > band.low);
  const y = (value: number): number => ((high - value) / (high - low)) * height;
  const perStep = scale.width / (scale.to - scale.from + 1);
  const label = boundLabelAt(bound, low, high);

  return (
    <>
      <LineChart
        data={rows}
        width={scale.width}
        height={height}
        margin={NO_MARGIN}
        accessibilityLayer={false}
      >
        <XAxis hide type="number" dataKey="step" domain={timeDomain(scale)} allowDataOverflow />
        <YAxis hide type="number" domain={[low, high]} allowDataOverflow width={0} />
        {shownBands.map((band) => (
          <ReferenceArea
            key={band.text}
            y1={band.low}
            y2={band.high}
            stroke="none"
            fill="var(--danger)"
            fillOpacity={0.07}
          />
        ))}
        {ticks.map((tick) => (
          <ReferenceLine key={tick} y={tick} stroke="var(--line)" />
        ))}
        <Line
          dataKey="bound"
          stroke="var(--ink-soft)"
          strokeWidth={1.25}
          strokeDasharray="5 4"
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
        <Line
          dataKey="norm"
          type="linear"
          stroke="var(--backward)"
          strokeWidth={2.25}
          strokeLinejoin="round"
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
        {lonePoints(points).map(({ step, value }) => (
          <ReferenceDot
            key={step}
            x={step}
            y={value ?? 0}
            r={3}
            fill="var(--backward)"
            stroke="none"
          />
        ))}
      </LineChart>
      <AxisLabels
        ticks={ticks.map((value) => ({ value, text: powerOfTen(value) }))}
        low={low}
        high={high}
        height={height}
      />
      {zeros.map(({ from, to }) => {
        const left = Math.max(0, (from - scale.from) * perStep);
        const right = Math.min(scale.width, (to + 1 - scale.from) * perStep);
        const width = Math.max(3, right - left);
        return (
          <span key={from} className={styles.zeroRun} style={{ left, width }}>
            {width > 70 && <span className={styles.zeroText}>{zeroText}</span>}
          </span>
        );
      })}
      {shownBands.map((band) => {
        const top = band.high >= high;
        const edge = top ? y(band.low) - 16 : y(band.high) + 2;
        if (edge < 0 || edge > height - 12) return null;
        return (
          <span key={band.text} className={styles.bandText} style={{ top: `${edge}px` }}>
            {band.text}
          </span>
        );
      })}
      {label !== null && (
        <span
          className={styles.boundText}
          style={{
            left: `${(label.step - scale.from + 0.5) * perStep}px`,
            top: `${Math.max(0, y(label.value ?? 0) - 20)}px`,
          }}
        >
          <MathText text={boundText} />
        </span>
      )}
    </>
  );
});
