import { useId, useMemo, type ReactNode } from 'react';
import { useResult, useText } from '../app/context';
import { useThrottled } from '../charts/useThrottled';
import buttons from '../theme/buttons.module.css';
import { useFlow } from '../timeline/useFlow';
import { resultText } from './resultText';
import { sceneText } from './sceneText';

/** Least milliseconds between two texts: reading is not overtaken by a drag. */
const INTERVAL = 500;

/**
 * The state of the page in sentences, at its top, for those who do not see it: what is set, and what
 * has come of it. It is read on request and announces nothing.
 */
export function StateSummary(): ReactNode {
  const text = useText();
  const id = useId();
  const latest = useResult();
  const { flow: latestFlow } = useFlow();
  const now = useMemo(() => ({ result: latest, flow: latestFlow }), [latest, latestFlow]);
  const { result, flow } = useThrottled(now, INTERVAL);
  return (
    <section className={buttons.spoken} aria-labelledby={id} data-summary>
      <h2 id={id}>{text('summary.title')}</h2>
      {result === null ? (
        <p>{text('timeline.loading')}</p>
      ) : (
        <>
          <p>{sceneText(result.configuration, result.problem, text).join(text('summary.gap'))}</p>
          <p>{resultText(result, flow, text).join(text('summary.gap'))}</p>
          <p>{text('summary.playhead', { step: result.step.step })}</p>
        </>
      )}
    </section>
  );
}
