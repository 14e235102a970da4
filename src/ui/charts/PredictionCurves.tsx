import { memo, type ReactNode } from 'react';
import { Area } from 'recharts';
import type { Stroke } from './LivePicture';
import type { ValueRow } from './prediction';
import type { Sign } from './Swatch';
import { TimeChart } from './TimeChart';
import type { RangePoint } from './series';
import { dotPath, edgePath, rangePath, type PlotFrame } from './sketchPaths';

export interface PredictionCurvesProps {
  readonly rows: readonly ValueRow[];
  /** Outputs with a line of their own */
  readonly count: number;
  readonly frame: PlotFrame;
}

/** Lines of the same kind are told apart by their dashes, not by colour alone. */
const DASHES = ['', '6 3', '2 3'] as const;

/** More targets than this are a line without dots. */
const MOST_DOTS = 40;
const RADIUS = 2.5;

const TARGET_PAINT = { stroke: 'var(--ink-soft)', strokeWidth: 1.25 } as const;
const TARGET_FILL = { fill: 'var(--ink-soft)', fillOpacity: 0.3 } as const;
const OUTPUT_PAINT = { stroke: 'var(--forward)', strokeWidth: 1.75 } as const;
const OUTPUT_FILL = { fill: 'var(--forward)', fillOpacity: 0.4 } as const;

const TARGET_SIGNS = {
  dots: { kind: 'dot', colour: 'var(--ink)' },
  line: { kind: 'line', colour: TARGET_PAINT.stroke },
} as const satisfies Record<string, Sign>;

/** How the targets are drawn; in a legend, too. One of two objects. */
export function targetSign(rows: readonly ValueRow[]): Sign {
  return hasDots(rows) ? TARGET_SIGNS.dots : TARGET_SIGNS.line;
}

function hasDots(rows: readonly ValueRow[]): boolean {
  return rows.filter((row) => row.targets.length > 0).length <= MOST_DOTS;
}

/** The curves as recharts draws them. */
export const PredictionCurves = memo(function PredictionCurves(
  props: PredictionCurvesProps,
): ReactNode {
  const { rows, count, frame } = props;
  const lines = DASHES.slice(0, count);
  const dot = { r: RADIUS, fill: 'var(--ink)', stroke: 'none', fillOpacity: 1 };
  return (
    <TimeChart rows={rows} frame={frame}>
      {lines.map((dash, output) => (
        <Area
          key={`target ${output}`}
          dataKey={(row: ValueRow) => row.targets[output] ?? null}
          type="linear"
          {...TARGET_PAINT}
          {...TARGET_FILL}
          strokeDasharray={dash}
          dot={hasDots(rows) ? dot : false}
          activeDot={false}
          isAnimationActive={false}
        />
      ))}
      {lines.map((dash, output) => (
        <Area
          key={`output ${output}`}
          dataKey={(row: ValueRow) => row.outputs[output] ?? null}
          type="linear"
          {...OUTPUT_PAINT}
          {...OUTPUT_FILL}
          strokeDasharray={dash}
          dot={rows.length === 1 ? { r: RADIUS } : false}
          activeDot={false}
          isAnimationActive={false}
        />
      ))}
    </TimeChart>
  );
});

/** The same as paths. */
export function sketchPrediction({ rows, count, frame }: PredictionCurvesProps): Stroke[] {
  const lines = DASHES.slice(0, count);
  const dots = hasDots(rows);
  const targets = lines.flatMap((dash, output) => {
    const points = rangesOf(rows, 'targets', output);
    return [
      { key: `target range ${output}`, d: rangePath(points, frame), ...TARGET_FILL },
      { key: `target ${output}`, d: edgePath(points, frame), ...TARGET_PAINT, dash },
      {
        key: `target dots ${output}`,
        d: dots ? dotPath(points, RADIUS, frame) : '',
        fill: 'var(--ink)',
      },
    ];
  });
  const outputs = lines.flatMap((dash, output) => {
    const points = rangesOf(rows, 'outputs', output);
    return [
      { key: `output range ${output}`, d: rangePath(points, frame), ...OUTPUT_FILL },
      { key: `output ${output}`, d: edgePath(points, frame), ...OUTPUT_PAINT, dash },
    ];
  });
  return [...targets, ...outputs];
}

function rangesOf(
  rows: readonly ValueRow[],
  kind: 'targets' | 'outputs',
  output: number,
): RangePoint[] {
  return rows.map((row) => {
    const [low, high] = row[kind][output] ?? [null, null];
    return { step: row.step, low, high };
  });
}
