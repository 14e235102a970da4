import { memo, useMemo, type ReactNode } from 'react';
import { formatNumber } from './format';
import { GhostChart } from './GhostChart';
import type { GhostCurve } from './ghosts';
import { LivePicture } from './LivePicture';
import { valueDomain, type ValueRow } from './prediction';
import { PredictionCurves, sketchPrediction } from './PredictionCurves';
import { yOf } from './sketchPaths';
import { AxisLabels } from './AxisLabels';
import type { TimeScale } from './timeScale';
import styles from './charts.module.css';

interface PredictionChartProps {
  readonly rows: readonly ValueRow[];
  /** Outputs, each with a line of its own */
  readonly count: number;
  /** y_t of pinned runs, where there is one output here and there */
  readonly ghosts: readonly GhostCurve[];
  readonly scale: TimeScale;
  readonly height: number;
}

/** y_t against ŷ_t for up to three outputs; where a point stands for many steps, their range. */
export const PredictionChart = memo(function PredictionChart(
  props: PredictionChartProps,
): ReactNode {
  const { rows, count, ghosts, scale, height } = props;
  const { low, high, ticks } = useMemo(
    () => valueDomain(rows, ghosts, height),
    [rows, ghosts, height],
  );
  const frame = useMemo(() => ({ low, high, height, scale }), [low, high, height, scale]);
  const curves = useMemo(() => ({ rows, count, frame }), [rows, count, frame]);
  return (
    <>
      {low < 0 && high > 0 && (
        <svg className={styles.sketch} width={scale.width} height={height} aria-hidden="true">
          <path className={styles.grid} d={`M0 ${yOf(frame, 0).toFixed(1)}H${scale.width}`} />
        </svg>
      )}
      <GhostChart curves={ghosts} shape="linear" frame={frame} />
      <LivePicture
        value={curves}
        width={scale.width}
        height={height}
        draw={(settled) => <PredictionCurves {...settled} />}
        sketch={sketchPrediction}
      />
      <AxisLabels
        ticks={ticks.map(({ value, at }) => ({ value: at, text: formatNumber(value, 2) }))}
        low={low}
        high={high}
        height={height}
      />
    </>
  );
});
