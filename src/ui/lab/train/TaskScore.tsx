import { useState, type ReactNode } from 'react';
import type { TaskConfiguration } from '../../../model/configuration';
import { textOf } from '../../../tasks/registry';
import type { Score } from '../../../tasks/score';
import { normaliseText } from '../../../tasks/text';
import { useAppState, useText, type Translate } from '../../app/context';
import { useErrorText } from '../../app/useErrorText';
import { formatCount } from '../../charts/format';
import { MathText } from '../../charts/MathText';
import lab from '../lab.module.css';
import { Facts, PanelPart } from '../Panel';
import { ScoreScale } from './ScoreScale';
import { viewOf } from './scoreView';
import type { SampleSettings, ScoreAnswer } from './scoring';
import { SeriesForecastPart } from './SeriesForecastPart';
import { TextSample } from './TextSample';
import { useTaskScore, type TaskScore as Known } from './useTaskScore';
import styles from './score.module.css';

/**
 * What people understand of the network's training: its score on sequences that it has not seen,
 * and what it writes or forecasts on its own. Follows the shown weights at most twice a second.
 */
export function TaskScore(): ReactNode {
  const task = useAppState((state) => state.configuration.task);
  const [settings, setSettings] = useState({ temperature: 0.8, seed: 1 });
  const [typed, setTyped] = useState<{ readonly of: string; readonly prime: string } | null>(null);
  const [horizon, setHorizon] = useState(30);
  const source = task.kind === 'text' ? textOf(task.source) : '';
  const prime = typed?.of === source ? typed.prime : beginningOf(source);
  const known = useTaskScore({ ...settings, prime }, horizon);
  const { isStale } = known;
  const answer = isAbout(known, task) ? known.answer : null;
  return (
    <>
      <ScorePart known={known} answer={answer} isStale={isStale} kind={task.kind} />
      {task.kind === 'text' && (
        <TextSample
          sample={answer?.sample ?? null}
          isStale={isStale}
          settings={{ ...settings, prime }}
          onChange={({ prime: next, ...change }: Partial<SampleSettings>) => {
            if (next !== undefined) setTyped({ of: source, prime: next });
            setSettings((before) => ({ ...before, ...change }));
          }}
        />
      )}
      {task.kind === 'series' && (
        <SeriesForecastPart
          forecast={answer?.forecast ?? null}
          isStale={isStale}
          horizon={horizon}
          onHorizon={setHorizon}
        />
      )}
    </>
  );
}

/** The answer to an earlier task is none to this one. */
function isAbout({ about }: Known, task: TaskConfiguration): boolean {
  return about?.configuration.task.kind === task.kind;
}

/** The first words of a text, or its first line. */
function beginningOf(text: string): string {
  const [line = ''] = normaliseText(text.slice(0, 200)).trimStart().split('\n');
  const start = Array.from(line).slice(0, 24).join('');
  const space = start.lastIndexOf(' ');
  return start.length < line.length && space > 0 ? start.slice(0, space) : start;
}

function ScorePart(props: {
  readonly known: Known;
  readonly answer: ScoreAnswer | null;
  readonly isStale: boolean;
  readonly kind: Score['kind'];
}): ReactNode {
  const { known, answer, isStale, kind } = props;
  const text = useText();
  const errorText = useErrorText();
  const { error, isTooLarge } = known;
  return (
    <PanelPart
      title={text('score.title')}
      action={
        <span className={styles.updating} data-shown={isStale && !isTooLarge}>
          {text('score.updating')}
        </span>
      }
    >
      <div className={styles.score} data-score={kind} aria-busy={!known.isCurrent}>
        {isTooLarge ? (
          <p>
            <MathText text={text('score.tooLarge')} />
          </p>
        ) : error !== null ? (
          <p className={lab.failure}>{errorText(error.code)}</p>
        ) : answer === null ? (
          <p className={lab.note}>{text('score.waiting')}</p>
        ) : answer.score === null ? (
          <p>{text(answer.hasOverflowed ? 'score.overflow' : 'score.nothing')}</p>
        ) : (
          <div className={styles.shown} data-stale={isStale}>
            <Shown score={answer.score} own={answer.isHeldOut ? answer.own : null} />
            <p className={lab.note}>{heldOutText(text, answer)}</p>
          </div>
        )}
      </div>
    </PanelPart>
  );
}

function heldOutText(text: Translate, answer: ScoreAnswer): string {
  const { isHeldOut, sequences, steps } = answer;
  const params = { count: formatCount(sequences), steps: formatCount(steps) };
  if (!isHeldOut) return text('score.trained', params);
  return text(
    answer.score?.kind === 'text' || answer.score?.kind === 'series'
      ? 'score.windows'
      : 'score.fresh',
    params,
  );
}

/** `own`: on the page's own sequences, which a training may have learned by heart */
function Shown(props: { readonly score: Score; readonly own: Score | null }): ReactNode {
  const text = useText();
  const { headline, facts, scale } = viewOf(props.score, text);
  const own = props.own && viewOf(props.own, text).inShort;
  return (
    <>
      <p className={styles.headline}>
        {headline.before}
        <b>{headline.value}</b>
        {headline.after}
      </p>
      <ScoreScale scale={scale} />
      <Facts facts={own === null ? facts : [{ name: text('score.own'), value: own }, ...facts]} />
    </>
  );
}
