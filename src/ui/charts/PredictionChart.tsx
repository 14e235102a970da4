import { memo, useMemo, type ReactNode } from 'react';
import { Area, ComposedChart, ReferenceLine, XAxis, YAxis } from 'recharts';
import type { HeatMap } from '../../engine/interface';
import { formatNumber } from './format';
import { GhostChart } from './GhostChart';
import type { GhostCurve } from './ghosts';
import { valueDomain, valueRows, type ValueRow } from './prediction';
import { NO_MARGIN, timeDomain } from './recharts';
import { AxisLabels } from './TimeFrame';
import type { TimeScale } from './timeScale';
import { Picture } from './Picture';
import styles from './charts.module.css';

/** Lines of the same kind are told apart by their dashes, not by colour alone. */
const DASHES = ['', '6 3', '2 3'] as const;

/** More targets than this are a line without dots. */
const MOST_DOTS = 40;

interface PredictionChartProps {
  readonly outputs: HeatMap;
  readonly targets: HeatMap;
  readonly data: { readonly from: number; readonly to: number };
  /** w_t, [T]: targets count only where it is not 0. */
  readonly lossWeights: ArrayLike<number>;
  readonly end: number;
  /** y_t of pinned runs, where there is one output here and there */
  readonly ghosts: readonly GhostCurve[];
  readonly scale: TimeScale;
  readonly height: number;
}

/** y_t against ŷ_t for up to three outputs; where a point stands for many steps, their range. */
export const PredictionChart = memo(function PredictionChart(
  props: PredictionChartProps,
): ReactNode {
  const { outputs, targets, data, lossWeights, end, ghosts, scale, height } = props;
  const rows = useMemo(
    () => valueRows(outputs, targets, data, lossWeights, end),
    [outputs, targets, data, lossWeights, end],
  );
  const { low, high, ticks } = useMemo(() => valueDomain(rows, ghosts), [rows, ghosts]);
  const withDots = rows.filter((row) => row.targets.length > 0).length <= MOST_DOTS;
  const lines = DASHES.slice(0, outputs.rows);
  return (
    <>
      <GhostChart
        curves={ghosts}
        shape="linear"
        low={low}
        high={high}
        scale={scale}
        height={height}
      />
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
            {low < 0 && high > 0 && <ReferenceLine y={0} stroke="var(--line)" />}
            {lines.map((dash, output) => (
              <Area
                key={`target ${output}`}
                dataKey={(row: ValueRow) => row.targets[output] ?? null}
                type="linear"
                stroke="var(--ink-soft)"
                strokeWidth={1.25}
                strokeDasharray={dash}
                fill="var(--ink-soft)"
                fillOpacity={0.3}
                dot={
                  withDots ? { r: 2.5, fill: 'var(--ink)', stroke: 'none', fillOpacity: 1 } : false
                }
                activeDot={false}
                isAnimationActive={false}
              />
            ))}
            {lines.map((dash, output) => (
              <Area
                key={`output ${output}`}
                dataKey={(row: ValueRow) => row.outputs[output] ?? null}
                type="linear"
                stroke="var(--forward)"
                strokeWidth={1.75}
                strokeDasharray={dash}
                fill="var(--forward)"
                fillOpacity={0.4}
                dot={rows.length === 1 ? { r: 2.5 } : false}
                activeDot={false}
                isAnimationActive={false}
              />
            ))}
          </ComposedChart>
        </Picture>
      </div>
      <AxisLabels
        ticks={(height < 30 ? [] : ticks).map((value) => ({ value, text: formatNumber(value, 2) }))}
        low={low}
        high={high}
        height={height}
      />
    </>
  );
});
