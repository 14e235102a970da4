import { memo, useMemo, type ReactNode } from 'react';
import { Line, LineChart, ReferenceLine, XAxis, YAxis } from 'recharts';
import type { HeatMap } from '../../engine/interface';
import { formatNumber } from './format';
import { valueRows, type ValueRow } from './prediction';
import { NO_MARGIN, timeDomain } from './recharts';
import { AxisLabels } from './TimeFrame';
import type { TimeScale } from './timeScale';

/** Lines of the same kind are told apart by their dashes, not by colour alone. */
const DASHES = ['', '6 3', '2 3'] as const;

interface PredictionChartProps {
  readonly outputs: HeatMap;
  readonly targets: HeatMap;
  readonly data: { readonly from: number; readonly to: number };
  /** w_t, [T]: targets count only where it is not 0. */
  readonly lossWeights: ArrayLike<number>;
  readonly end: number;
  readonly scale: TimeScale;
  readonly height: number;
}

function domainOf(rows: readonly ValueRow[]): { low: number; high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (const row of rows) {
    for (const value of [...row.outputs, ...row.targets]) {
      if (value === null) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low === Infinity) return { low: -1, high: 1 };
  const air = Math.max((high - low) * 0.12, 1e-6 * Math.max(1, Math.abs(high)), 1e-12);
  return { low: low - air, high: high + air };
}

/** y_t against ŷ_t for up to three outputs. */
export const PredictionChart = memo(function PredictionChart(
  props: PredictionChartProps,
): ReactNode {
  const { outputs, targets, data, lossWeights, end, scale, height } = props;
  const rows = useMemo(
    () => valueRows(outputs, targets, data, lossWeights, end),
    [outputs, targets, data, lossWeights, end],
  );
  const { low, high } = domainOf(rows);
  const dots = rows.filter((row) => row.targets.some((value) => value !== null)).length <= 40;
  const inside = (high - low) * 0.12;
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
        {low < 0 && high > 0 && <ReferenceLine y={0} stroke="var(--line)" />}
        {DASHES.slice(0, outputs.rows).map((dash, output) => (
          <Line
            key={`target ${output}`}
            dataKey={(row: ValueRow) => row.targets[output] ?? null}
            stroke="var(--ink-soft)"
            strokeWidth={1.25}
            strokeDasharray={dash}
            dot={dots ? { r: 2.5, fill: 'var(--ink)', stroke: 'none' } : false}
            activeDot={false}
            isAnimationActive={false}
          />
        ))}
        {DASHES.slice(0, outputs.rows).map((dash, output) => (
          <Line
            key={`output ${output}`}
            dataKey={(row: ValueRow) => row.outputs[output] ?? null}
            stroke="var(--forward)"
            strokeWidth={1.75}
            strokeDasharray={dash}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
      <AxisLabels
        ticks={
          height < 30
            ? []
            : [high - inside, low + inside].map((value) => ({
                value,
                text: formatNumber(value, 2),
              }))
        }
        low={low}
        high={high}
        height={height}
      />
    </>
  );
});
