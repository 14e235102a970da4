import { memo, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useText } from '../app/context';
import { Lines } from './ChartLines';
import { ChartMenu } from './export/ChartMenu';
import type { DataTable } from './export/dataTable';
import type { PanelSource } from './export/sources';
import { lineData } from './lineData';
import { MathText, plainMath } from './MathText';
import {
  BOTTOM,
  LEFT,
  MARGIN,
  nearestIndex,
  tickLabel,
  type AxisKind,
  type LineSeries,
  type ReferenceLevel,
} from './lineAxis';
import { useSize } from './useSize';
import { Picture } from './Picture';
import styles from './LineChart.module.css';

export type { LineSeries } from './lineAxis';

export interface LineChartProps {
  /** What it shows, for screen readers */
  readonly label: string;
  /** Over the table and a saved picture: the label by default */
  readonly title?: string;
  /** A word or two in English for a saved file's name */
  readonly id?: string;
  /** Ascending; at most 256 */
  readonly xs: readonly number[];
  readonly xName: string;
  /** The same in English, for a saved table: "lag" */
  readonly xId?: string;
  readonly yName: string;
  readonly series: readonly LineSeries[];
  /** log10: the values are logarithms and the ticks show powers. log10 for x takes plain xs. */
  readonly xAxis?: 'linear' | 'log10';
  readonly yAxis?: AxisKind;
  /** Horizontal lines with a meaning of their own */
  readonly references?: readonly ReferenceLevel[];
  /** A vertical line, such as the playhead */
  readonly markX?: number | null;
  /** What that line is, written beside it */
  readonly markName?: string;
  /** What the readout and the table say; the axis's tick labels by default */
  readonly format?: (value: number) => string;
  readonly formatX?: (x: number) => string;
  /** Called for a click, or Enter, on an x. */
  readonly onPick?: (x: number) => void;
  /** Of the plot in CSS pixels */
  readonly height?: number;
}

/** A small chart with readable axes, a readout under the pointer, keys and a table. */
export const LineChart = memo(function LineChart(props: LineChartProps): ReactNode {
  const { label, title = label, xs, series, onPick, xAxis = 'linear', height = 150 } = props;
  const ref = useRef<HTMLDivElement>(null);
  const drawingRef = useRef<HTMLDivElement>(null);
  const { width } = useSize(ref);
  const [at, setAt] = useState<number | null>(null);
  const index = at === null ? null : Math.min(at, xs.length - 1);
  const place = (x: number) => (xAxis === 'log10' ? Math.log10(x) : x);
  const places = useMemo(() => xs.map((x) => (xAxis === 'log10' ? Math.log10(x) : x)), [xs, xAxis]);

  const indexAt = (clientX: number): number => {
    const box = ref.current!.getBoundingClientRect();
    const plot = box.width - LEFT - MARGIN.right;
    const [first, last] = [places[0] ?? 0, places[places.length - 1] ?? 0];
    return nearestIndex(places, first + ((clientX - box.left - LEFT) / plot) * (last - first));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = xs.length - 1;
    const by = event.shiftKey ? 10 : 1;
    const moves: Record<string, number> = {
      ArrowLeft: Math.max(0, (index ?? last + 1) - by),
      ArrowRight: Math.min(last, (index ?? -1) + by),
      Home: 0,
      End: last,
    };
    if (event.key === 'Enter' && index !== null && onPick !== undefined) onPick(xs[index]!);
    else if (event.key in moves) setAt(moves[event.key]!);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <figure className={styles.figure}>
      <div ref={drawingRef} className={styles.drawing}>
        <div className={styles.top}>
          <Legend series={series} />
          <ChartMenu
            chart={{
              id: props.id ?? title,
              title,
              panels: () => panelsOf(props, drawingRef.current),
              data: () => dataOf(props),
            }}
          />
        </div>
        <div
          ref={ref}
          className={styles.plot}
          style={{ height: `${height + BOTTOM}px` }}
          data-pick={onPick !== undefined}
          role="group"
          aria-roledescription="chart"
          aria-label={plainMath(label)}
          tabIndex={0}
          onPointerMove={(event) => setAt(indexAt(event.clientX))}
          onPointerLeave={() => setAt(null)}
          onBlur={() => setAt(null)}
          onClick={(event) => onPick?.(xs[indexAt(event.clientX)]!)}
          onKeyDown={onKeyDown}
        >
          {width > 0 && xs.length > 0 && (
            <Picture>
              <Lines
                series={series}
                places={places}
                xAxis={xAxis}
                yAxis={props.yAxis ?? 'linear'}
                references={props.references}
                mark={props.markX === undefined || props.markX === null ? null : place(props.markX)}
                markName={props.markName}
                cursor={index}
                width={width}
                height={height + BOTTOM}
              />
            </Picture>
          )}
        </div>
      </div>
      <Readout {...props} index={index} />
    </figure>
  );
});

/** Legend and plot with the names of the axes around them. */
function panelsOf(
  { label, title = label, xName, yName }: LineChartProps,
  element: Element | null,
): PanelSource[] {
  if (element === null) return [];
  const names = { title, xName, yName };
  return [{ ...names, element, isFramed: false, isOnTimeAxis: false, legend: null }];
}

function dataOf(props: LineChartProps): DataTable {
  const { xs, xName, xId = 'x', yName, series, yAxis = 'linear', formatX = String } = props;
  return lineData({ xs, xId, xName, yName, series, yAxis, format: formatOf(props), formatX });
}

function Legend({ series }: { readonly series: readonly LineSeries[] }): ReactNode {
  const text = useText();
  const hasZeros = series.some(({ values }) => values.includes(-Infinity));
  return (
    <figcaption className={styles.legend}>
      {series.map(({ name, colour, dash }) => (
        <span key={name}>
          <svg width="18" height="8" aria-hidden="true">
            <path d="M0 4H18" stroke={colour} strokeWidth="2" strokeDasharray={dash} />
          </svg>
          <span>
            <MathText text={name} />
          </span>
        </span>
      ))}
      {hasZeros && (
        <span>
          <svg width="18" height="8" aria-hidden="true">
            <path d="M0 7.5H18" stroke="var(--line)" />
            <path className={styles.zeros} d="M3 6h0M9 6h0M15 6h0" stroke="var(--ink-soft)" />
          </svg>
          <span>{text('lab.exactZero')}</span>
        </span>
      )}
    </figcaption>
  );
}

/** What the pointer or the keys are on; before that, the names of the axes. */
function Readout(props: LineChartProps & { readonly index: number | null }): ReactNode {
  const { index, xs, xName, yName, series, formatX = String } = props;
  const format = formatOf(props);
  return (
    <p className={styles.readout} aria-live="off">
      {index === null ? (
        <>
          <span className={styles.axisName}>
            ↑ <MathText text={yName} />
          </span>
          <span className={styles.axisName}>
            → <MathText text={xName} />
          </span>
        </>
      ) : (
        <>
          <MathText text={xName} /> {formatX(xs[index]!)}:{' '}
          {series.map(({ name, values }, i) => (
            <span key={name}>
              {i > 0 && ' · '}
              {series.length > 1 && (
                <>
                  <MathText text={name} />{' '}
                </>
              )}
              <b>{textOf(values[index], format)}</b>
            </span>
          ))}
        </>
      )}
    </p>
  );
}

function formatOf({ format, yAxis = 'linear' }: LineChartProps): (value: number) => string {
  return format ?? ((value) => tickLabel(value, yAxis, 0));
}

function textOf(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined || Number.isNaN(value) ? '–' : format(value);
}
