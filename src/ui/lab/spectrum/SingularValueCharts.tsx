import { useCallback, useMemo, type ReactNode } from 'react';
import type { SingularValuesThroughTime } from '../../../model/analyses';
import { MAXIMUM_SLOPE } from '../../../model/kinds';
import type { Result } from '../../../state/types';
import { useAppState, useText } from '../../app/context';
import { formatCount, formatLog2, formatNumber } from '../../charts/format';
import { LineChart, type LineSeries } from '../../charts/LineChart';
import { MathText } from '../../charts/MathText';
import { LOG10_OF_2 } from '../../charts/series';
import { useTimelineActions } from '../../timeline/actions';
import { Facts } from '../Panel';
import { useAnalysis } from '../useAnalysis';
import { SPECTRUM } from './EigenvaluePart';
import {
  decadesApart,
  meanSquareFactor,
  powerLine,
  spreadOf,
  zerosOf,
  type Spread,
} from './throughTime';

interface SingularValueChartsProps {
  readonly value: SingularValuesThroughTime;
  /** k of ∂h_t/∂h_k */
  readonly from: number;
  /** The result the values belong to */
  readonly about: Result;
}

/** The running product beside its two references, and the factors. */
export function SingularValueCharts({ value, from, about }: SingularValueChartsProps): ReactNode {
  const text = useText();
  const actions = useTimelineActions();
  const pick = useCallback((step: number) => actions.select(step), [actions]);
  const playhead = useAppState((state) => state.configuration.view.step);
  const xs = useMemo(() => Array.from(value.steps), [value]);
  const spreads = useMemo(
    () => ({
      product: spreadOf(value.log2Product, value.H),
      step: spreadOf(value.log2Step, value.H),
    }),
    [value],
  );
  const names = useSeriesNames(value.H);
  const references = useReferences(about, xs, from);
  const product = useMemo(
    () => [...spreadSeries(spreads.product, names), ...references],
    [spreads, names, references],
  );
  const step = useMemo(() => spreadSeries(spreads.step, names), [spreads, names]);
  const shared = {
    xs,
    xName: text('spectrum.step'),
    xId: 'step',
    yAxis: 'log10',
    markX: playhead,
    format: formatLog10,
    formatX: formatCount,
    onPick: pick,
  } as const;
  return (
    <>
      <LineChart
        id="singular-values-product"
        label={text('spectrum.productChart', { from: formatCount(from) })}
        yName={text('spectrum.productAxis', { from: formatCount(from) })}
        series={product}
        height={180}
        {...shared}
      />
      <Apart value={value} from={from} />
      <LineChart
        id="singular-values-step"
        label={text('spectrum.stepChart')}
        yName={text('spectrum.stepAxis')}
        series={step}
        height={110}
        {...shared}
      />
      <Facts
        facts={[
          {
            name: text('spectrum.chiMeasured'),
            value: formatNumber(meanSquareFactor(value)),
            about: text('spectrum.chiMeasuredAbout'),
          },
        ]}
      />
    </>
  );
}

/** How far the singular values of the whole product are apart, and which are exactly 0. */
function Apart(props: {
  readonly value: SingularValuesThroughTime;
  readonly from: number;
}): ReactNode {
  const text = useText();
  const { value, from } = props;
  const { steps, H, log2Product } = value;
  const last = log2Product.subarray((steps.length - 1) * H);
  const decades = decadesApart(last);
  const zeros = zerosOf(value);
  if (zeros === null && (H === 1 || decades === null)) return null;
  const count = formatCount(steps[steps.length - 1]! - from);
  return (
    <p>
      {decades !== null && H > 1 && (
        <MathText
          text={text(zeros === null ? 'spectrum.apart' : 'spectrum.apartNonzero', {
            count,
            decades: decades < 10 ? formatNumber(decades, 2) : formatCount(decades),
          })}
        />
      )}{' '}
      {zeros !== null && (
        <MathText
          text={text('spectrum.zeros', {
            step: formatCount(zeros.step),
            zeros: formatCount(zeros.count),
            H: formatCount(H),
          })}
        />
      )}
    </p>
  );
}

interface SeriesNames {
  readonly largest: string;
  readonly median: string | null;
  readonly smallest: string | null;
}

/** One unit has one singular value, two have no middle one. */
function useSeriesNames(H: number): SeriesNames {
  const text = useText();
  return useMemo(
    () => ({
      largest: text(H > 1 ? 'spectrum.largest' : 'spectrum.only'),
      median: H > 2 ? text('spectrum.median') : null,
      smallest: H > 1 ? text('spectrum.smallest') : null,
    }),
    [text, H],
  );
}

function spreadSeries(spread: Spread, { largest, median, smallest }: SeriesNames): LineSeries[] {
  const series: LineSeries[] = [
    { id: 'largest', name: largest, colour: 'var(--backward)', values: log10Of(spread.largest) },
  ];
  if (median !== null) {
    series.push({
      ...{ id: 'median', name: median, colour: 'var(--success)', dash: '6 3' },
      values: log10Of(spread.median),
    });
  }
  if (smallest !== null) {
    series.push({
      ...{ id: 'smallest', name: smallest, colour: 'var(--forward)', dash: '2 2' },
      values: log10Of(spread.smallest),
    });
  }
  return series;
}

/** (γσ_max)^{t−k} and ρ^{t−k}, as soon as the spectrum of W_h is there. */
function useReferences({ problem }: Result, xs: readonly number[], from: number): LineSeries[] {
  const text = useText();
  const { value } = useAnalysis(SPECTRUM);
  return useMemo(() => {
    if (value === null) return [];
    const bound = MAXIMUM_SLOPE[problem.activation] * (value.singularValues[0] ?? 0);
    const radius = Math.hypot(...(value.eigenvalues[0] ?? [0, 0]));
    return [
      {
        id: 'bound',
        name: text('spectrum.boundLine'),
        colour: 'var(--ink)',
        dash: '1 3',
        values: log10Of(powerLine(xs, from, bound)),
      },
      {
        id: 'spectral_radius_power',
        name: text('spectrum.radiusLine'),
        colour: 'var(--ink-soft)',
        dash: '8 3 2 3',
        values: log10Of(powerLine(xs, from, radius)),
      },
    ];
  }, [value, problem, xs, from, text]);
}

/** The axis's own unit, as on every logarithmic axis of the page */
function log10Of(log2: readonly number[]): number[] {
  return log2.map((value) => value * LOG10_OF_2);
}

function formatLog10(log10: number): string {
  return formatLog2(log10 / LOG10_OF_2);
}
