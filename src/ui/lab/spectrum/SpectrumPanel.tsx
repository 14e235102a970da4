import type { ReactNode } from 'react';
import type { FloatFormat } from '../../analysis/floatFormats';
import type { Result } from '../../state/types';
import { useResult, useServices, useText } from '../app/context';
import { formatCount, formatNumber } from '../charts/format';
import { MathText } from '../charts/MathText';
import { flowOf } from '../timeline/flow';
import { AnalysisFrame } from './AnalysisFrame';
import { useAnalysis } from './useAnalysis';
import styles from './lab.module.css';

const FORMATS = ['float16', 'bfloat16', 'float32'] as const satisfies FloatFormat[];
const MOST_EXPONENTS = 4;

/** What was measured beside what the theory bounds. */
export function SpectrumPanel(): ReactNode {
  const text = useText();
  const result = useResult();
  const { analyses } = useServices();
  if (result === null) return null;
  return (
    <div className={styles.panel}>
      <h2>{text('spectrum.title')}</h2>
      <p className={styles.note}>
        <MathText text={text('spectrum.about')} />
      </p>
      <Measured result={result} />
      {analyses !== null && (
        <>
          <Theory />
          <Exponents H={result.problem.H} batchEntry={result.step.batchEntry} />
        </>
      )}
    </div>
  );
}

function Measured({ result }: { readonly result: Result }): ReactNode {
  const text = useText();
  const flow = flowOf(result);
  const time = flow.halfLife ?? flow.doublingTime;
  return (
    <dl className={styles.facts}>
      <dt>{text('spectrum.factor')}</dt>
      <dd>{flow.factor === null ? '–' : `×${formatNumber(flow.factor)}`}</dd>
      <dt>{text(flow.doublingTime === null ? 'spectrum.halfLife' : 'spectrum.doubling')}</dt>
      <dd>{time === null ? '–' : formatNumber(time)}</dd>
      <dt>
        <MathText text={text('spectrum.bound')} />
      </dt>
      <dd>{formatNumber(flow.bound.factor)}</dd>
      {FORMATS.map((format) => {
        const { subnormalAt, zeroAt, infiniteAt } = flow.formats[format];
        const at = infiniteAt ?? subnormalAt ?? zeroAt;
        return <Horizon key={format} format={format} steps={at === null ? null : flow.to - at} />;
      })}
    </dl>
  );
}

function Horizon(props: { readonly format: string; readonly steps: number | null }): ReactNode {
  const text = useText();
  const { format, steps } = props;
  return (
    <>
      <dt>{text('spectrum.horizon', { format })}</dt>
      <dd>
        {steps === null
          ? text('spectrum.never')
          : text('spectrum.after', { steps: formatCount(steps) })}
      </dd>
    </>
  );
}

const SPECTRUM = { kind: 'spectrum' } as const;

function Theory(): ReactNode {
  const text = useText();
  const analysis = useAnalysis(SPECTRUM);
  return (
    <AnalysisFrame question={SPECTRUM} analysis={analysis}>
      {({ eigenvalues, singularValues }) => (
        <dl className={styles.facts}>
          <dt>
            <MathText text={text('spectrum.radius')} />
          </dt>
          <dd>{formatNumber(Math.hypot(...(eigenvalues[0] ?? [0, 0])))}</dd>
          <dt>
            <MathText text={text('spectrum.sigma')} />
          </dt>
          <dd>{formatNumber(singularValues[0] ?? 0)}</dd>
        </dl>
      )}
    </AnalysisFrame>
  );
}

function Exponents(props: { readonly H: number; readonly batchEntry: number }): ReactNode {
  const text = useText();
  const count = Math.min(MOST_EXPONENTS, props.H);
  const { batchEntry } = props;
  const question = { kind: 'lyapunovPath', skip: 0, count, points: 64, batchEntry } as const;
  const analysis = useAnalysis(question);
  return (
    <AnalysisFrame question={question} analysis={analysis}>
      {({ exponents }) => (
        <>
          <h3>{text('spectrum.exponents')}</h3>
          <p>{Array.from(exponents, (v) => formatNumber(v)).join(' · ')}</p>
          <p className={styles.note}>
            <MathText
              text={text((exponents[0] ?? 0) > 0 ? 'spectrum.chaotic' : 'spectrum.contracting')}
            />
          </p>
        </>
      )}
    </AnalysisFrame>
  );
}
