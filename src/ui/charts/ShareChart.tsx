import { memo, type ReactNode } from 'react';
import { Line } from 'recharts';
import { TimeChart } from './TimeChart';
import type { TimeScale } from './timeScale';
import { Picture } from './Picture';

interface SharePoint {
  readonly step: number;
  /** 0…1; null breaks the line */
  readonly saturated: number | null;
  /** Null everywhere where no unit ever dies: a line along the bottom would say nothing. */
  readonly dead: number | null;
}

/** Both lines have a halo of the panel's colour: they run over a heat map. */
const LINES = [
  { key: 'saturated', stroke: 'var(--panel)', width: 4.5, dash: '' },
  { key: 'saturated', stroke: 'var(--ink)', width: 1.75, dash: '' },
  { key: 'dead', stroke: 'var(--panel)', width: 4.5, dash: '' },
  { key: 'dead', stroke: 'var(--cut)', width: 1.75, dash: '4 3' },
] as const;

/** Shares of saturated and of dead units over time, 0 at the bottom and 1 at the top. */
export const ShareChart = memo(function ShareChart(props: {
  readonly points: readonly SharePoint[];
  readonly scale: TimeScale;
  readonly height: number;
}): ReactNode {
  const { points, scale, height } = props;
  // A line along the very edge would be cut in half.
  const air = 3 / height;
  return (
    <Picture>
      <TimeChart rows={points} frame={{ low: -air, high: 1 + air, height, scale }}>
        {LINES.map(({ key, stroke, width, dash }) => (
          <Line
            key={`${key} ${stroke}`}
            dataKey={key}
            stroke={stroke}
            strokeWidth={width}
            {...(dash !== '' && { strokeDasharray: dash })}
            strokeLinejoin="round"
            dot={points.length === 1}
            activeDot={false}
            isAnimationActive={false}
          />
        ))}
      </TimeChart>
    </Picture>
  );
});
