import type { ReactNode } from 'react';
import { ComposedChart, XAxis, YAxis } from 'recharts';
import type { PlotFrame } from './sketchPaths';
import type { TimeScale } from './timeScale';

/** No margins and no axis room: the plot area of every chart is exactly its element. */
const NO_MARGIN = { top: 0, right: 0, bottom: 0, left: 0 };

/** Half a step of room at both ends, so that step t has its centre at t. */
function timeDomain(scale: TimeScale): [number, number] {
  return [scale.from - 0.5, scale.to + 0.5];
}

/** recharts on the shared time axis: exactly the plot, and neither axis drawn. */
export function TimeChart(props: {
  /** One per point, each with its `step` */
  readonly rows: readonly { readonly step: number }[];
  readonly frame: PlotFrame;
  readonly children: ReactNode;
}): ReactNode {
  const { low, high, height, scale } = props.frame;
  return (
    <ComposedChart
      data={[...props.rows]}
      width={scale.width}
      height={height}
      margin={NO_MARGIN}
      accessibilityLayer={false}
    >
      <XAxis hide type="number" dataKey="step" domain={timeDomain(scale)} allowDataOverflow />
      <YAxis hide type="number" domain={[low, high]} allowDataOverflow width={0} />
      {props.children}
    </ComposedChart>
  );
}
