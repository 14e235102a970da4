import { useEffect, useState, type ReactNode } from 'react';
import type { ErrorCode } from '../../model/errors';
import type { Analysis, Question } from '../../state/analysisStore';
import type { Result } from '../../state/types';
import { useServices, useText } from '../app/context';
import { useErrorText } from '../app/useErrorText';
import { formatNumber } from '../charts/format';
import buttons from '../theme/buttons.module.css';
import styles from './lab.module.css';

/** What takes no longer than this shows no sign of progress, which would only flicker. */
const QUIET = 200;

interface AnalysisFrameProps<V> {
  readonly question: Question;
  readonly analysis: Analysis<V>;
  /** Keeps the place of the first answer, so that nothing moves when it comes (CSS length). */
  readonly height?: string;
  /** `about` is the result that the answer belongs to, which may be an earlier one than is shown. */
  readonly children: (value: V, about: Result) => ReactNode;
}

/** An answer with its progress, its cancel button or its failure; the old answer stays, pale. */
export function AnalysisFrame<V>(props: AnalysisFrameProps<V>): ReactNode {
  const { question, analysis, height, children } = props;
  const text = useText();
  const errorText = useErrorText();
  const { analyses } = useServices();
  const { value, about, isCurrent, isRunning, progress, error } = analysis;
  const isLong = useLasting(isRunning);
  const isExpected = value === null && error === null;
  const reasonText = (code: ErrorCode): string => {
    if (code === 'aborted') return text('lab.cancelled');
    // Of a run it means memory, of an analysis time.
    return code === 'too-large' ? text('lab.tooLarge') : errorText(code);
  };
  return (
    <div
      className={styles.answer}
      aria-busy={isRunning}
      style={isExpected && height !== undefined ? { minHeight: height } : undefined}
    >
      {value !== null && about !== null && (
        <div className={styles.answered} data-stale={!isCurrent}>
          {children(value, about)}
        </div>
      )}
      {error !== null ? (
        <p className={styles.failure}>
          {reasonText(error.code)}{' '}
          <button type="button" className={buttons.small} onClick={() => analyses.retry(question)}>
            {text('lab.again')}
          </button>
        </p>
      ) : (
        isLong && (
          <p className={styles.progress}>
            <progress
              {...(progress !== null && { value: progress })}
              max={1}
              aria-label={text('lab.computing')}
            />
            <span className={styles.percent}>
              {progress === null ? '' : `${formatNumber(Math.round(100 * progress), 3)} %`}
            </span>
            <button
              type="button"
              className={buttons.small}
              onClick={() => analyses.cancel(question)}
            >
              {text('lab.cancel')}
            </button>
          </p>
        )
      )}
    </div>
  );
}

/** Whether `running` has been true for longer than QUIET. */
function useLasting(running: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!running) return;
    const timer = setTimeout(() => setLasting(true), QUIET);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [running]);
  return lasting;
}
