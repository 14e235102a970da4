import type { ReactNode } from 'react';
import type { Result } from '../../../state/types';
import { useText } from '../../app/context';
import { formatNumber } from '../../charts/format';
import { MathText } from '../../charts/MathText';
import { flowOf } from '../../timeline/flow';
import { AnalysisFrame } from '../AnalysisFrame';
import { useAnalysis } from '../useAnalysis';
import styles from './flow.module.css';

const SPECTRUM = { kind: 'spectrum' } as const;

/** The measured factor, the bound and the spectral radius beside each other. */
export function Compared(props: {
  readonly result: Result;
  readonly factor: number | null;
}): ReactNode {
  const text = useText();
  const { bound } = flowOf(props.result);
  const spectrum = useAnalysis(SPECTRUM);
  const gamma = bound.greatestSlope === 1 ? '1' : formatNumber(bound.greatestSlope);
  const sigma = formatNumber(bound.largestSingularValue);
  return (
    <div className={styles.compared}>
      <Row
        name="*r*"
        value={props.factor === null ? '–' : formatNumber(props.factor)}
        says={text('flow.factorSays')}
      />
      <Row
        name={text('flow.bound', { gamma, sigma })}
        value={formatNumber(bound.factor)}
        says={text('flow.boundSays')}
      />
      <AnalysisFrame question={SPECTRUM} analysis={spectrum} height="4.2rem">
        {({ eigenvalues }) => (
          <Row
            name={text('flow.radius')}
            value={formatNumber(Math.hypot(...(eigenvalues[0] ?? [0, 0])))}
            says={text('flow.radiusSays')}
          />
        )}
      </AnalysisFrame>
    </div>
  );
}

function Row(props: {
  readonly name: string;
  readonly value: string;
  readonly says: string;
}): ReactNode {
  return (
    <div>
      <p className={styles.row}>
        <span className={styles.quantity}>
          <MathText text={props.name} />
        </span>
        <b className={styles.value}>{props.value}</b>
      </p>
      <p className={styles.says}>
        <MathText text={props.says} />
      </p>
    </div>
  );
}
