import { memo, useMemo, type ReactNode } from 'react';
import { Area } from 'recharts';
import { GhostChart } from './GhostChart';
import { ghostOutline } from './ghosts';
import { LivePicture, type Stroke } from './LivePicture';
import { TimeChart } from './TimeChart';
import { barOutline, type Point, type StepBar } from './series';
import { stepPath, type PlotFrame } from './sketchPaths';
import { stepWidth, type TimeScale } from './timeScale';

/** The bars of a pinned run, drawn as an outline. */
export interface GhostBars {
  readonly slot: number;
  readonly bars: readonly StepBar[];
}

interface OutlineProps {
  readonly points: readonly Point[];
  readonly frame: PlotFrame;
  readonly colour: string;
}

/** The largest bar leaves a little air above it. */
const TOP = 1.08;
const OPACITY = 0.85;
/** What is lower than this is no bar. */
const PIXEL = 0.75;

/** Bars over time as one stepped outline: each stands exactly on its steps of the shared axis. */
export const StepBars = memo(function StepBars(props: {
  readonly bars: readonly StepBar[];
  readonly scale: TimeScale;
  readonly height: number;
  readonly colour: string;
  readonly ghosts: readonly GhostBars[];
}): ReactNode {
  const { bars, scale, height, colour, ghosts } = props;
  const frame = useMemo(() => ({ scale, low: 0, high: TOP, height }), [scale, height]);
  const value = useMemo(() => {
    const wide = stepWidth(scale);
    // Half of the pixels between two bars, in steps
    const gap = bars.length > 128 || wide < 4 ? 0 : wide < 12 ? 0.5 / wide : 1 / wide;
    return { points: barOutline(bars, gap), frame, colour };
  }, [bars, scale, frame, colour]);
  const curves = useMemo(
    () =>
      ghosts.map(({ slot, bars: own }) => ({ slot, points: ghostOutline(own, PIXEL / height) })),
    [ghosts, height],
  );
  return (
    <>
      <LivePicture
        value={value}
        width={scale.width}
        height={height}
        draw={(settled) => <Outline {...settled} />}
        sketch={sketchOutline}
      />
      <GhostChart curves={curves} shape="stepAfter" frame={frame} />
    </>
  );
});

const Outline = memo(function Outline({ points, frame, colour }: OutlineProps): ReactNode {
  return (
    <TimeChart rows={points} frame={{ ...frame, low: 0, high: TOP }}>
      <Area
        dataKey="value"
        type="stepAfter"
        stroke="none"
        fill={colour}
        fillOpacity={OPACITY}
        isAnimationActive={false}
        activeDot={false}
      />
    </TimeChart>
  );
});

function sketchOutline({ points, frame, colour }: OutlineProps): Stroke[] {
  return [{ key: 'bars', d: stepPath(points, frame), fill: colour, fillOpacity: OPACITY }];
}
