import { memo, useMemo, type ReactNode } from 'react';
import { Line, LineChart as Chart, ReferenceDot, ReferenceLine, XAxis, YAxis } from 'recharts';
import { formatCount } from './format';
import {
  BOTTOM,
  LEFT,
  linearTicks,
  MARGIN,
  niceDomain,
  tickLabel,
  valueTicks,
  type AxisKind,
  type LineSeries,
  type ReferenceLevel,
} from './lineAxis';
import styles from './LineChart.module.css';
import { LineNames } from './LineNames';
import { logTicks } from './timeScale';

interface LinesProps {
  readonly series: readonly LineSeries[];
  readonly places: readonly number[];
  readonly xAxis: 'linear' | 'log10';
  readonly yAxis: AxisKind;
  readonly references: readonly ReferenceLevel[] | undefined;
  readonly mark: number | null;
  readonly markName: string | undefined;
  readonly cursor: number | null;
  readonly width: number;
  readonly height: number;
}

/** Recharts writes its own grey into the style, where no sheet reaches it. */
const LABEL = { fill: 'var(--ink-soft)' } as const;

/** The lines of a LineChart with its axes, references and the marks under the cursor. */
export const Lines = memo(function Lines(props: LinesProps): ReactNode {
  const { series, places, xAxis, yAxis, references = [], mark, cursor, width, height } = props;
  const { markName } = props;
  const rows = useMemo(
    () => places.map((x, i) => ({ x, ...series.map(({ values }) => finite(values[i])) })),
    [places, series],
  );
  const values = useMemo(
    () => [...series.flatMap((s) => s.values), ...references.map((r) => r.value)],
    [series, references],
  );
  const domain = useMemo(() => niceDomain(values, yAxis), [values, yAxis]);
  const xDomain = [places[0]!, places[places.length - 1]!] as [number, number];
  const yTicks = valueTicks(domain, (height - BOTTOM) / 28, yAxis, values);
  // Between two steps there is nothing to name.
  const isWhole = xAxis === 'linear' && places.every(Number.isInteger);
  const mostTicks = (width - LEFT) / 48;
  const xTicks =
    xAxis === 'log10'
      ? logTicks(xDomain[0], xDomain[1], mostTicks)
      : linearTicks(xDomain, mostTicks, isWhole);
  return (
    <>
      <Chart
        data={rows}
        width={width}
        height={height}
        margin={MARGIN}
        accessibilityLayer={false}
        className={styles.chart!}
      >
        <XAxis
          type="number"
          dataKey="x"
          domain={xDomain}
          ticks={xTicks}
          tickFormatter={(x: number) =>
            xAxis === 'log10'
              ? formatCount(10 ** x)
              : isWhole
                ? formatCount(x)
                : tickLabel(x, xAxis, xDomain[1] - xDomain[0])
          }
          height={BOTTOM}
          tick={<XTick right={width} />}
          tickSize={3}
          tickMargin={2}
          interval={0}
          axisLine={{ stroke: 'var(--line)' }}
          tickLine={{ stroke: 'var(--line)' }}
        />
        <YAxis
          type="number"
          domain={domain}
          ticks={[...yTicks.at]}
          tickFormatter={yTicks.label}
          width={LEFT}
          tick={LABEL}
          tickSize={0}
          tickMargin={4}
          interval={0}
          axisLine={false}
          allowDataOverflow
        />
        {yTicks.at.map((y) => (
          <ReferenceLine key={y} y={y} stroke="var(--line)" />
        ))}
        {references.map(({ value, name }) => (
          <ReferenceLine key={name} y={value} stroke="var(--ink-soft)" strokeDasharray="2 3" />
        ))}
        {mark !== null && <ReferenceLine x={mark} stroke="var(--ink)" />}
        {cursor !== null && <ReferenceLine x={places[cursor]!} stroke="var(--ink-soft)" />}
        {series.map(({ name, colour, dash }, i) => (
          <Line
            key={name}
            dataKey={String(i)}
            type="linear"
            stroke={colour}
            strokeWidth={1.75}
            {...(dash !== undefined && { strokeDasharray: dash })}
            dot={places.length <= 2}
            activeDot={false}
            isAnimationActive={false}
          />
        ))}
        {series.map(({ name, colour, values }) => (
          <path
            key={name}
            className={styles.zeros}
            stroke={colour}
            d={zerosPath(values, places, width, height)}
          />
        ))}
        {cursor !== null &&
          series.map(({ name, colour, values }) => {
            const value = values[cursor];
            if (value === null || value === undefined || !Number.isFinite(value)) return null;
            return (
              <ReferenceDot
                key={name}
                x={places[cursor]!}
                y={value}
                r={3}
                fill={colour}
                stroke="none"
              />
            );
          })}
      </Chart>
      <LineNames {...{ references, mark, markName, domain, xDomain, width, height }} />
    </>
  );
});

/**
 * A dot on the lower edge for every exact zero, all in one path: there may be as many as points, and
 * each element of recharts costs with every other.
 */
function zerosPath(
  values: readonly (number | null)[],
  places: readonly number[],
  width: number,
  height: number,
): string {
  const first = places[0]!;
  const span = places[places.length - 1]! - first || 1;
  const across = width - LEFT - MARGIN.right;
  const y = height - BOTTOM - MARGIN.bottom;
  return values
    .map((value, i) =>
      value === -Infinity
        ? `M${(LEFT + (across * (places[i]! - first)) / span).toFixed(1)} ${y}h0`
        : '',
    )
    .join('');
}

/** Width of a digit of the ticks, CSS pixels. */
const DIGIT = 6.5;

/** A tick's label under its tick, or as near as the chart's edge lets it. Recharts fills in the rest. */
function XTick(props: {
  readonly right: number;
  readonly x?: number;
  readonly y?: number;
  readonly payload?: { readonly value: number };
  readonly tickFormatter?: (x: number) => string;
}): ReactNode {
  const { right, x = 0, y = 0, payload, tickFormatter } = props;
  if (payload === undefined || tickFormatter === undefined) return null;
  const label = tickFormatter(payload.value);
  const half = (label.length * DIGIT) / 2;
  return (
    <text x={Math.min(x, right - half)} y={y} dy="0.71em" textAnchor="middle">
      {label}
    </text>
  );
}

function finite(value: number | null | undefined): number | null {
  return value !== undefined && value !== null && Number.isFinite(value) ? value : null;
}
