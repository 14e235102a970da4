import { useState, type ReactNode } from 'react';
import type { Truncation } from '../../../model/truncation';
import {
  TRUNCATED_ARRAYS,
  type TruncatedArray,
  type TruncationErrors,
  type TruncationSweep,
} from '../../../model/truncationAnalyses';
import type { Result } from '../../../state/types';
import { useText, type Translate } from '../../app/context';
import { formatCount, formatLog2, formatNumber } from '../../charts/format';
import { LineChart, type LineSeries } from '../../charts/LineChart';
import { MathText } from '../../charts/MathText';
import { LOG10_OF_2 } from '../../charts/series';
import { Chips } from '../../controls/Chips';
import { useChange } from '../../controls/gesture';
import { AnalysisFrame } from '../AnalysisFrame';
import { Facts } from '../Panel';
import { useAnalysis } from '../useAnalysis';
import { useKeptAnalysis } from '../useKeptAnalysis';
import styles from './truncation.module.css';

const MOST_POINTS = 48;
const MEASURES = ['relativeError', 'cosine', 'alongSelf'] as const;
type Measure = (typeof MEASURES)[number];

/** The truncated gradient beside the full one: for the scheme that is set, and for every k. */
export function BiasMeter({ result }: { readonly result: Result }): ReactNode {
  const { truncation, cuts } = result.configuration;
  const every = truncation.kind === 'sliding' ? truncation.every : 1;
  const question = { kind: 'truncationSweep', every, points: MOST_POINTS } as const;
  const { analysis } = useKeptAnalysis(question);
  const hasNoGradient = analysis.value !== null && isZero(analysis.value);
  return (
    <>
      {!hasNoGradient && <Present truncation={truncation} cuts={cuts} />}
      <AnalysisFrame question={question} analysis={analysis} height="34rem">
        {(sweep, about) => <Sweep sweep={sweep} about={about} />}
      </AnalysisFrame>
    </>
  );
}

/** Cosine and relative error of ∂L/∂W_h as it is now. */
function Present(props: {
  readonly truncation: Truncation;
  readonly cuts: readonly number[];
}): ReactNode {
  const text = useText();
  const question = { kind: 'truncationNow' } as const;
  const analysis = useAnalysis(question);
  if (props.truncation.kind === 'none' && props.cuts.length === 0) {
    return <p>{text('bias.nothing')}</p>;
  }
  return (
    <AnalysisFrame question={question} analysis={analysis} height="5rem">
      {(now) => {
        const wrong = TRUNCATED_ARRAYS.filter((array) => now[array].alongSelf < 0);
        return (
          <>
            <Facts
              facts={[
                { name: text('bias.cosineNow'), value: formatNumber(now.dWh.cosine) },
                { name: text('bias.errorNow'), value: percent(now.dWh.relativeError) },
              ]}
            />
            {wrong.length > 0 && (
              <p className={styles.wrong}>
                <MathText text={text('bias.wrongSign', { name: text(`bias.of.${wrong[0]!}`) })} />
              </p>
            )}
          </>
        );
      }}
    </AnalysisFrame>
  );
}

function Sweep(props: { readonly sweep: TruncationSweep; readonly about: Result }): ReactNode {
  const { sweep, about } = props;
  const text = useText();
  const change = useChange();
  const [array, setArray] = useState<TruncatedArray>('dWh');
  const [measure, setMeasure] = useState<Measure>('relativeError');
  const { truncation } = about.configuration;
  // No error is measured against nothing.
  if (isZero(sweep)) {
    return (
      <p>
        <MathText text={text('bias.noGradient')} />
      </p>
    );
  }
  const ks = Array.from(sweep.steps);
  const values = (errors: TruncationErrors) => Array.from(errors[array][measure], finite);
  const series: LineSeries[] = [
    {
      ...{ id: 'chunked', name: text('bias.chunked'), colour: 'var(--backward)' },
      values: values(sweep.chunked),
    },
    {
      id: 'sliding',
      name: text('bias.sliding'),
      colour: 'var(--forward)',
      dash: '5 3',
      values: values(sweep.sliding),
    },
  ];
  const choose = (k: number) =>
    change({
      truncation:
        truncation.kind === 'sliding'
          ? { ...truncation, depth: Math.max(k, truncation.every) }
          : { kind: 'chunked', every: k },
    });
  return (
    <>
      <Chips
        label={text('bias.measure')}
        value={measure}
        onChoose={setMeasure}
        chips={MEASURES.map((value) => ({ value, label: text(`bias.${value}`) }))}
      />
      <Chips
        label={text('bias.array')}
        value={array}
        onChoose={setArray}
        chips={TRUNCATED_ARRAYS.map((value) => ({
          value,
          label: <MathText text={text(`bias.${value}`)} />,
          name: value,
        }))}
      />
      <LineChart
        id={`truncation-${measure}-${array}`}
        label={text('bias.chart')}
        title={text('bias.chartTitle', {
          measure: text(`bias.${measure}`),
          array: text(`bias.${array}`),
        })}
        xs={ks}
        xName="*k*"
        xId="k"
        yName={text(`bias.${measure}`)}
        series={series}
        xAxis="log10"
        references={referencesOf(measure, text)}
        markX={presentLength(truncation)}
        format={(v) => formatNumber(v)}
        formatX={formatCount}
        onPick={choose}
      />
      <ByLag sweep={sweep} />
    </>
  );
}

/** The parts of ∂L/∂W_h by the distance between loss and step. */
function ByLag({ sweep }: { readonly sweep: TruncationSweep }): ReactNode {
  const text = useText();
  const xs = thinned(sweep.byLag.length);
  return (
    <>
      <p>
        <MathText text={text('bias.byLagAbout', { lag: formatCount(holding(sweep)) })} />
      </p>
      <LineChart
        id="gradient-by-lag"
        label={text('bias.byLag')}
        xs={xs}
        xName={text('bias.lag')}
        xId="lag"
        yName={text('bias.byLag')}
        series={[
          {
            id: 'norm',
            name: text('bias.byLag'),
            colour: 'var(--backward)',
            values: xs.map((d) => finite(sweep.byLag[d]! * LOG10_OF_2)),
          },
        ]}
        yAxis="log10"
        format={(v) => formatLog2(v / LOG10_OF_2)}
        formatX={formatCount}
      />
    </>
  );
}

/** Whether the full ∂L/∂W_h is zero at every lag. */
function isZero({ byLag }: TruncationSweep): boolean {
  return byLag.every((norm) => norm === -Infinity);
}

/** Lags 0…d that leave less than a tenth of ∂L/∂W_h out. */
function holding({ cumulativeError }: TruncationSweep): number {
  const first = cumulativeError.findIndex((error) => error < 0.1);
  return first < 0 ? cumulativeError.length - 1 : first;
}

/** At most 256 of 0 … count − 1, the first and the last among them. */
function thinned(count: number): number[] {
  const n = Math.min(256, count);
  return Array.from({ length: n }, (_, i) =>
    n === 1 ? 0 : Math.round((i * (count - 1)) / (n - 1)),
  );
}

/** Where the full gradient lies, and where a slope has lost its sign; no error is the axis itself. */
function referencesOf(measure: Measure, text: Translate) {
  if (measure === 'relativeError') return [];
  const exact = { value: 1, name: text('bias.exact') };
  return measure === 'alongSelf' ? [exact, { value: 0, name: text('bias.signLost') }] : [exact];
}

function presentLength(truncation: Truncation): number | null {
  switch (truncation.kind) {
    case 'chunked':
      return truncation.every;
    case 'sliding':
      return truncation.depth;
    case 'none':
    case 'random':
    case 'reset':
      return null;
  }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function percent(part: number): string {
  return `${formatNumber(100 * part)} %`;
}
