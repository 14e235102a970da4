import { useCallback, useMemo, type ReactNode } from 'react';
import type { Analyses, LyapunovPath } from '../../../model/analyses';
import { useAppState, useText } from '../../app/context';
import { formatCount, formatNumber } from '../../charts/format';
import { LineChart, type LineSeries } from '../../charts/LineChart';
import { MathText } from '../../charts/MathText';
import { NumberRow } from '../../controls/NumberRow';
import { wholeScale } from '../../controls/numberScale';
import { useTimelineActions } from '../../timeline/actions';
import { AnalysisFrame } from '../AnalysisFrame';
import { Equations, Facts, PanelPart } from '../Panel';
import styles from '../lab.module.css';
import { SHOWN_EXPONENTS, type Cost } from './cost';
import { OnRequest, type Permission } from './OnRequest';
import own from './spectrum.module.css';
import { useKeptAnalysis } from '../useKeptAnalysis';

export type LyapunovQuestion = Analyses['lyapunovPath']['request'];

interface LyapunovPartProps {
  /** Null until somebody allows it */
  readonly question: LyapunovQuestion | null;
  readonly cost: Cost;
  readonly permission: Permission;
  readonly skip: number;
  readonly mostSkip: number;
  readonly onSkip: (skip: number) => void;
}

/** The exponents and how they settle. */
export function LyapunovPart(props: LyapunovPartProps): ReactNode {
  const text = useText();
  const kept = useKeptAnalysis(props.question);
  return (
    <PanelPart title={text('spectrum.exponents')}>
      <p className={own.formula}>
        <Equations text={text('spectrum.exponentsFormula')} />
      </p>
      <p className={styles.note}>
        <MathText text={text('spectrum.exponentsAbout')} />
      </p>
      <NumberRow
        name={text('spectrum.skip')}
        value={props.skip}
        scale={wholeScale({ least: 0, most: props.mostSkip })}
        onChange={props.onSkip}
      />
      {kept === null ? (
        <OnRequest cost={props.cost} permission={props.permission} />
      ) : (
        <AnalysisFrame question={kept.asked} analysis={kept.analysis} height="24rem">
          {(value, { problem }) => <Exponents value={value} H={problem.H} />}
        </AnalysisFrame>
      )}
    </PanelPart>
  );
}

const LINES = [
  { colour: 'var(--backward)' },
  { colour: 'var(--forward)', dash: '6 3' },
  { colour: 'var(--success)', dash: '2 2' },
  { colour: 'var(--ink-soft)', dash: '8 3 2 3' },
] as const;

function Exponents(props: { readonly value: LyapunovPath; readonly H: number }): ReactNode {
  const text = useText();
  const actions = useTimelineActions();
  const pick = useCallback((step: number) => actions.select(step), [actions]);
  const playhead = useAppState((state) => state.configuration.view.step);
  const { value, H } = props;
  const count = value.exponents.length;
  const xs = useMemo(() => Array.from(value.steps), [value]);
  const series = useMemo<LineSeries[]>(
    () =>
      LINES.slice(0, Math.min(count, SHOWN_EXPONENTS)).map((line, i) => ({
        ...line,
        id: `lambda_${i + 1}`,
        name: `λ_${i + 1}`,
        values: xs.map((_, row) => value.running[row * count + i]!),
      })),
    [value, xs, count],
  );
  const references = useMemo(() => [{ value: 0, name: '' }], []);
  const largest = value.exponents[0] ?? NaN;
  return (
    <>
      <LineChart
        id="lyapunov-exponents"
        label={text('spectrum.exponentsChart')}
        xs={xs}
        xName={text('spectrum.step')}
        xId="step"
        yName={text('spectrum.exponentsAxis')}
        series={series}
        references={references}
        markX={playhead}
        format={formatNumber}
        formatX={formatCount}
        onPick={pick}
        height={130}
      />
      <p>
        <MathText
          text={text(
            largest === -Infinity
              ? 'spectrum.dead'
              : largest > 0
                ? 'spectrum.chaotic'
                : 'spectrum.contracting',
          )}
        />
      </p>
      <Facts
        facts={[
          ...series.map(({ name }, i) => ({ name, value: formatNumber(value.exponents[i]!) })),
          ...(count === H ? sumFacts(value, text) : []),
        ]}
      />
    </>
  );
}

/** Σλ_i = mean ln |det J_t|, two ways to the same number. */
function sumFacts(
  { exponents, meanLogDeterminant }: LyapunovPath,
  text: ReturnType<typeof useText>,
): { readonly name: string; readonly value: string; readonly about?: string }[] {
  const sum = exponents.reduce((total, exponent) => total + exponent, 0);
  const facts = [
    { name: text('spectrum.sum', { H: exponents.length }), value: formatNumber(sum, 4) },
    { name: text('spectrum.determinant'), value: formatNumber(meanLogDeterminant, 4) },
  ];
  // ∞ − ∞ is no difference.
  if (!Number.isFinite(sum) || !Number.isFinite(meanLogDeterminant)) return facts;
  const difference = Math.abs(sum - meanLogDeterminant);
  return [
    ...facts,
    {
      name: text('spectrum.difference'),
      value: formatNumber(difference, 2),
    },
  ];
}
