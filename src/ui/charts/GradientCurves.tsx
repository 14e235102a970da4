import { memo, useMemo, type ReactNode } from 'react';
import { Area, Line, ReferenceDot } from 'recharts';
import type { Stroke } from './LivePicture';
import { TimeChart } from './TimeChart';
import { lonePoints, type Point, type RangePoint } from './series';
import { dotPath, edgePath, insideFrame, rangePath, type PlotFrame } from './sketchPaths';

export interface GradientCurvesProps {
  /** log10 of the norm, null where it is exactly zero */
  readonly points: readonly RangePoint[];
  /** log10 of the bound at the same steps; empty when there is none */
  readonly bound: readonly Point[];
  /** log10 of an error sent back by itself, at the same steps; empty when there is none */
  readonly sent: readonly Point[];
  /** The step it is sent from, in sight or not; null when there is none */
  readonly sentFrom: number | null;
  readonly frame: PlotFrame;
}

interface Row {
  readonly step: number;
  readonly norm: readonly [number, number] | null;
  readonly bound: number | null;
  readonly sent: number | null;
}

/** Blue-violet: neither forward nor backward, told apart by its dashes too */
const SENT = 'color-mix(in oklch, var(--forward) 62%, var(--cut))';

const NORM_PAINT = { stroke: 'var(--backward)', strokeWidth: 2.25 } as const;
const NORM_FILL = { fill: 'var(--backward)', fillOpacity: 0.6 } as const;
/** What the norm is seen against, as lines */
const LIMITS = [
  { key: 'bound', dash: '5 4', paint: { stroke: 'var(--ink)', strokeWidth: 1.25 } },
  { key: 'sent', dash: '9 3 2 3', paint: { stroke: SENT, strokeWidth: 2 } },
] as const;
const LONE_RADIUS = 3;
const SENT_RADIUS = 3.5;

function rowsOf({ points, bound, sent }: GradientCurvesProps): Row[] {
  return points.map(({ step, low, high }, i) => ({
    step,
    norm: low === null || high === null ? null : [low, high],
    bound: bound[i]?.value ?? null,
    sent: sent[i]?.value ?? null,
  }));
}

/** Where the error is sent from, if that end of its line is in sight. */
function startOf({ sent, sentFrom, frame }: GradientCurvesProps): Point | null {
  if (sentFrom === null || sentFrom > frame.scale.to) return null;
  return sent.findLast(({ value }) => value !== null) ?? null;
}

/** The curves as recharts draws them. */
export const GradientCurves = memo(function GradientCurves(props: GradientCurvesProps): ReactNode {
  const { points, frame } = props;
  const rows = useMemo(() => rowsOf(props), [props]);
  const start = startOf(props);
  return (
    <TimeChart rows={rows} frame={frame}>
      <Area
        dataKey="norm"
        type="linear"
        {...NORM_PAINT}
        {...NORM_FILL}
        strokeLinejoin="round"
        dot={false}
        activeDot={false}
        isAnimationActive={false}
      />
      {LIMITS.map(
        ({ key, dash, paint }) =>
          // A line of one point would get a dot of the library's own.
          points.length > 1 && (
            <Line
              key={key}
              dataKey={key}
              {...paint}
              strokeDasharray={dash}
              dot={false}
              activeDot={false}
              isAnimationActive={false}
            />
          ),
      )}
      {start !== null && (
        <ReferenceDot
          x={start.step}
          y={start.value ?? 0}
          r={SENT_RADIUS}
          fill={SENT}
          stroke="none"
        />
      )}
      {lonePoints(points).map(({ step, high: value }) => (
        <ReferenceDot
          key={step}
          x={step}
          y={value ?? 0}
          r={LONE_RADIUS}
          fill="var(--backward)"
          stroke="none"
        />
      ))}
    </TimeChart>
  );
});

/** The same as paths. */
export function sketchGradient(props: GradientCurvesProps): Stroke[] {
  const { points, frame } = props;
  const start = startOf(props);
  return [
    { key: 'range', d: rangePath(points, frame), ...NORM_FILL },
    { key: 'norm', d: edgePath(points, frame), ...NORM_PAINT },
    ...LIMITS.map(({ key, dash, paint }) => {
      return { key, d: edgePath(ranges(insideFrame(props[key], frame)), frame), ...paint, dash };
    }),
    {
      key: 'start',
      d: start === null ? '' : dotPath(ranges([start]), SENT_RADIUS, frame),
      fill: SENT,
    },
    { key: 'lone', d: dotPath(lonePoints(points), LONE_RADIUS, frame), fill: 'var(--backward)' },
  ];
}

function ranges(points: readonly Point[]): RangePoint[] {
  return points.map(({ step, value }) => ({ step, low: value, high: value }));
}
