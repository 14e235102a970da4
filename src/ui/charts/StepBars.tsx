import { memo, useMemo, type ReactNode } from 'react';
import { Area, AreaChart, XAxis, YAxis } from 'recharts';
import { GhostChart } from './GhostChart';
import { ghostOutline } from './ghosts';
import { barOutline, type StepBar } from './series';
import { stepWidth, type TimeScale } from './timeScale';
import { NO_MARGIN, timeDomain } from './recharts';
import { Picture } from './Picture';

/** The bars of a pinned run, drawn as an outline. */
export interface GhostBars {
  readonly slot: number;
  readonly bars: readonly StepBar[];
}

const MOST = 1.08;
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
  const wide = stepWidth(scale);
  // Half of the pixels between two bars, in steps
  const gap = bars.length > 128 || wide < 4 ? 0 : wide < 12 ? 0.5 / wide : 1 / wide;
  const points = useMemo(() => barOutline(bars, gap), [bars, gap]);
  const curves = useMemo(
    () =>
      ghosts.map(({ slot, bars: own }) => ({ slot, points: ghostOutline(own, PIXEL / height) })),
    [ghosts, height],
  );
  return (
    <>
      <Picture>
        <AreaChart
          data={points}
          width={scale.width}
          height={height}
          margin={NO_MARGIN}
          accessibilityLayer={false}
        >
          <XAxis hide type="number" dataKey="step" domain={timeDomain(scale)} allowDataOverflow />
          <YAxis hide type="number" domain={[0, MOST]} allowDataOverflow width={0} />
          <Area
            dataKey="value"
            type="stepAfter"
            stroke="none"
            fill={colour}
            fillOpacity={0.85}
            isAnimationActive={false}
            activeDot={false}
          />
        </AreaChart>
      </Picture>
      <GhostChart
        curves={curves}
        shape="stepAfter"
        low={0}
        high={MOST}
        scale={scale}
        height={height}
      />
    </>
  );
});
