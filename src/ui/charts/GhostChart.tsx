import { memo, useMemo, type ReactNode } from 'react';
import { Area, ComposedChart, Line, ReferenceDot, XAxis, YAxis } from 'recharts';
import { GHOST_STYLES, type GhostCurve } from './ghosts';
import { Picture } from './Picture';
import { NO_MARGIN, timeDomain } from './recharts';
import { lonePoints } from './series';
import type { TimeScale } from './timeScale';
import styles from './charts.module.css';

interface GhostChartProps {
  readonly curves: readonly GhostCurve[];
  readonly shape: 'linear' | 'stepAfter';
  readonly low: number;
  readonly high: number;
  readonly scale: TimeScale;
  readonly height: number;
}

interface Row {
  readonly step: number;
  readonly slot: number;
  readonly low: number | null;
  readonly high: number | null;
}

const COMMON = {
  fill: 'none',
  strokeWidth: 1.75,
  strokeLinejoin: 'round',
  dot: false,
  activeDot: false,
  isAnimationActive: false,
} as const;

/**
 * The curves of pinned runs, a layer of its own over the same axes: it is drawn again only when the
 * axes or the pins change, not with every picture of the present run.
 */
export const GhostChart = memo(function GhostChart(props: GhostChartProps): ReactNode {
  const { shape, low, high, scale, height } = props;
  // Of a ghost that is exactly zero, or of which no step is shown, there is nothing to draw.
  const curves = useMemo(
    () => props.curves.filter(({ points }) => points.some((point) => point.high !== null)),
    [props.curves],
  );
  // One curve after the other: each has steps of its own.
  const rows = useMemo(
    () => curves.flatMap(({ slot, points }) => points.map((point): Row => ({ ...point, slot }))),
    [curves],
  );
  if (rows.length === 0) return null;
  return (
    <div className={styles.layer}>
      <Picture>
        <ComposedChart
          data={rows}
          width={scale.width}
          height={height}
          margin={NO_MARGIN}
          accessibilityLayer={false}
        >
          <XAxis hide type="number" dataKey="step" domain={timeDomain(scale)} allowDataOverflow />
          <YAxis hide type="number" domain={[low, high]} allowDataOverflow width={0} />
          {curves.map(({ slot, points }) => {
            const { colour, dash } = GHOST_STYLES[slot % GHOST_STYLES.length]!;
            const line = { ...COMMON, stroke: colour, strokeDasharray: dash };
            // Where a point stands for many steps, their range; the edges of both would fill the dashes.
            return points.some((point) => point.low !== point.high) ? (
              <Area
                key={slot}
                {...line}
                dataKey={(row: Row) =>
                  row.slot !== slot || row.low === null || row.high === null
                    ? null
                    : [row.low, row.high]
                }
                type={shape}
                fill={colour}
                fillOpacity={0.25}
              />
            ) : (
              <Line
                key={slot}
                {...line}
                dataKey={(row: Row) => (row.slot === slot ? row.high : null)}
                type={shape}
              />
            );
          })}
          {shape === 'linear' &&
            curves.flatMap(({ slot, points }) =>
              lonePoints(points).map(({ step, high: value }) => (
                <ReferenceDot
                  key={`${slot} ${step}`}
                  x={step}
                  y={value ?? 0}
                  r={3}
                  fill="none"
                  stroke={GHOST_STYLES[slot % GHOST_STYLES.length]!.colour}
                  strokeWidth={1.5}
                />
              )),
            )}
        </ComposedChart>
      </Picture>
    </div>
  );
});
