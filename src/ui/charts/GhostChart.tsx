import { memo, useMemo, type ReactNode } from 'react';
import { Area, Line, ReferenceDot } from 'recharts';
import { GHOST_STYLES, type GhostCurve } from './ghosts';
import { LivePicture, type Stroke } from './LivePicture';
import { TimeChart } from './TimeChart';
import { lonePoints } from './series';
import { dotPath, edgePath, rangePath, steppedPath, type PlotFrame } from './sketchPaths';
import styles from './charts.module.css';

interface GhostChartProps {
  readonly curves: readonly GhostCurve[];
  readonly shape: 'linear' | 'stepAfter';
  readonly frame: PlotFrame;
}

interface Row {
  readonly step: number;
  readonly slot: number;
  readonly low: number | null;
  readonly high: number | null;
}

const WIDTH = 1.75;
const FILL_OPACITY = 0.25;
const LONE_RADIUS = 3;
const LONE_WIDTH = 1.5;

const COMMON = {
  fill: 'none',
  strokeWidth: WIDTH,
  strokeLinejoin: 'round',
  dot: false,
  activeDot: false,
  isAnimationActive: false,
} as const;

/** The curves of pinned runs, a layer of its own over the same axes. */
export const GhostChart = memo(function GhostChart(props: GhostChartProps): ReactNode {
  const { shape, frame } = props;
  // Of a ghost that is exactly zero, or of which no step is shown, there is nothing to draw.
  const curves = useMemo(
    () => props.curves.filter(({ points }) => points.some((point) => point.high !== null)),
    [props.curves],
  );
  const value = useMemo(() => ({ curves, shape, frame }), [curves, shape, frame]);
  if (curves.length === 0) return null;
  return (
    <div className={styles.layer}>
      <LivePicture
        value={value}
        width={frame.scale.width}
        height={frame.height}
        draw={(settled) => <GhostLines {...settled} />}
        sketch={sketchGhosts}
      />
    </div>
  );
});

const GhostLines = memo(function GhostLines({ curves, shape, frame }: GhostChartProps): ReactNode {
  // One curve after the other: each has steps of its own.
  const rows = useMemo(
    () => curves.flatMap(({ slot, points }) => points.map((point): Row => ({ ...point, slot }))),
    [curves],
  );
  return (
    <TimeChart rows={rows} frame={frame}>
      {curves.map(({ slot, points }) => {
        const { colour, dash } = styleOf(slot);
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
            fillOpacity={FILL_OPACITY}
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
              r={LONE_RADIUS}
              fill="none"
              stroke={styleOf(slot).colour}
              strokeWidth={LONE_WIDTH}
            />
          )),
        )}
    </TimeChart>
  );
});

function styleOf(slot: number) {
  return GHOST_STYLES[slot % GHOST_STYLES.length]!;
}

/** The same as paths. */
function sketchGhosts({ curves, shape, frame }: GhostChartProps): Stroke[] {
  return curves.flatMap(({ slot, points }) => {
    const { colour, dash } = styleOf(slot);
    const line = { stroke: colour, strokeWidth: WIDTH, dash };
    if (shape === 'stepAfter') {
      return [{ key: `bars ${slot}`, d: steppedPath(points, frame), ...line }];
    }
    return [
      {
        key: `range ${slot}`,
        d: rangePath(points, frame),
        fill: colour,
        fillOpacity: FILL_OPACITY,
      },
      { key: `line ${slot}`, d: edgePath(points, frame), ...line },
      {
        key: `lone ${slot}`,
        d: dotPath(lonePoints(points), LONE_RADIUS, frame),
        stroke: colour,
        strokeWidth: LONE_WIDTH,
      },
    ];
  });
}
