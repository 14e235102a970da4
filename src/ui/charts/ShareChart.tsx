import { memo, useMemo, type ReactNode } from 'react';
import { Line } from 'recharts';
import { LivePicture, type Stroke } from './LivePicture';
import { TimeChart } from './TimeChart';
import type { TimeScale } from './timeScale';
import { edgePath, type PlotFrame } from './sketchPaths';

interface SharePoint {
  readonly step: number;
  /** 0…1; null breaks the line */
  readonly saturated: number | null;
  /** Null everywhere where no unit ever dies: a line along the bottom would say nothing. */
  readonly dead: number | null;
}

interface ShareLinesProps {
  readonly points: readonly SharePoint[];
  readonly frame: PlotFrame;
}

/** Both lines have a halo of the panel's colour: they run over a heat map. */
const LINES = [
  { kind: 'saturated', paint: { stroke: 'var(--panel)', strokeWidth: 4.5 }, dash: undefined },
  { kind: 'saturated', paint: { stroke: 'var(--ink)', strokeWidth: 1.75 }, dash: undefined },
  { kind: 'dead', paint: { stroke: 'var(--panel)', strokeWidth: 4.5 }, dash: undefined },
  { kind: 'dead', paint: { stroke: 'var(--cut)', strokeWidth: 1.75 }, dash: '4 3' },
] as const;

/** Shares of saturated and of dead units over time, 0 at the bottom and 1 at the top. */
export const ShareChart = memo(function ShareChart(props: {
  readonly points: readonly SharePoint[];
  readonly scale: TimeScale;
  readonly height: number;
}): ReactNode {
  const { points, scale, height } = props;
  const value = useMemo(() => {
    // A line along the very edge would be cut in half.
    const air = 3 / height;
    return { points, frame: { low: -air, high: 1 + air, height, scale } };
  }, [points, scale, height]);
  return (
    <LivePicture
      value={value}
      width={scale.width}
      height={height}
      draw={(settled) => <ShareLines {...settled} />}
      sketch={sketchShares}
    />
  );
});

const ShareLines = memo(function ShareLines({ points, frame }: ShareLinesProps): ReactNode {
  return (
    <TimeChart rows={points} frame={frame}>
      {LINES.map(({ kind, paint, dash }) => (
        <Line
          key={`${kind} ${paint.stroke}`}
          dataKey={kind}
          {...paint}
          {...(dash !== undefined && { strokeDasharray: dash })}
          strokeLinejoin="round"
          dot={points.length === 1}
          activeDot={false}
          isAnimationActive={false}
        />
      ))}
    </TimeChart>
  );
});

/** The same as paths. */
function sketchShares({ points, frame }: ShareLinesProps): Stroke[] {
  return LINES.map(({ kind, paint, dash }) => {
    const line = points.map(({ step, [kind]: share }) => ({ step, low: share, high: share }));
    return { key: `${kind} ${paint.stroke}`, d: edgePath(line, frame), ...paint, dash };
  });
}
