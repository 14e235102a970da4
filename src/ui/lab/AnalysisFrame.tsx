import type { ReactNode } from 'react';
import type { Analysis, Question } from '../../state/analysisStore';
import { useServices, useText } from '../app/context';
import { useErrorText } from '../app/useErrorText';
import { formatNumber } from '../charts/format';
import buttons from '../theme/buttons.module.css';
import styles from './lab.module.css';

interface AnalysisFrameProps<V> {
  readonly question: Question;
  readonly analysis: Analysis<V> | null;
  readonly children: (value: V) => ReactNode;
}

/** An answer with its progress, its cancel button or its failure; the old answer stays, pale. */
export function AnalysisFrame<V>(props: AnalysisFrameProps<V>): ReactNode {
  const { question, analysis, children } = props;
  const text = useText();
  const errorText = useErrorText();
  const { analyses } = useServices();
  if (analysis === null || analyses === null) return null;
  const { value, isCurrent, progress, error } = analysis;
  return (
    <div className={styles.answer} aria-busy={analysis.isRunning}>
      {progress !== null && (
        <p className={styles.progress}>
          <progress value={progress} max={1} aria-label={text('lab.computing')} />
          <span>{formatNumber(Math.round(100 * progress), 3)} %</span>
          <button type="button" className={buttons.small} onClick={() => analyses.cancel(question)}>
            {text('lab.cancel')}
          </button>
        </p>
      )}
      {error !== null && (
        <p className={styles.failure}>
          {error.code === 'aborted' ? text('lab.cancelled') : errorText(error.code)}{' '}
          <button type="button" className={buttons.small} onClick={() => analyses.retry(question)}>
            {text('lab.again')}
          </button>
        </p>
      )}
      {value === null && error === null && progress === null && (
        <p className={styles.note}>{text('lab.computing')}</p>
      )}
      {value !== null && <div data-stale={!isCurrent}>{children(value)}</div>}
    </div>
  );
}
