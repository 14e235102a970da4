import { useState, type ReactNode } from 'react';
import type { CheckLevel, CrossCheck } from '../../../model/analyses';
import type { Result } from '../../../state/types';
import { useAppStore, useText, type Translate } from '../../app/context';
import { useOvertaken } from '../../app/useOvertaken';
import { formatNumber } from '../../charts/format';
import buttons from '../../theme/buttons.module.css';
import { MARKS, placeInWords } from './notation';
import { elementName } from './position';
import { useCheck } from './useCheck';
import styles from './TruthBadge.module.css';

/** Whether the engine's numbers are right, always in sight; opens the panel that shows it. */
export function TruthBadge(): ReactNode {
  const text = useText();
  const store = useAppStore();
  const { analysis, missing } = useCheck();
  const failed = analysis !== null && analysis.error !== null;
  const isOvertaken = useOvertaken();
  const isCurrent = analysis !== null && (analysis.isCurrent || failed) && !isOvertaken;
  const shown = failed ? null : (analysis?.value ?? null);
  const about = analysis?.about ?? null;
  const level = isCurrent && shown !== null ? shown.worst.level : null;
  const isMissing = (missing !== null && missing !== 'noResult') || failed;
  const sentence =
    shown === null || about === null
      ? text(isMissing ? 'check.badge.none' : 'check.badge.checking')
      : sentenceOf(shown, about, text);
  const waits = isCurrent || isMissing || shown === null ? '' : ` ${text('check.badge.checking')}`;
  return (
    <div className={styles.place} data-truth={level ?? (isMissing ? 'none' : 'waiting')}>
      <button
        type="button"
        className={styles.badge}
        title={`${sentence}${waits}`}
        aria-label={`${sentence}${waits} ${text('check.badge.opens')}`}
        onClick={() => store.getState().change({ view: { panel: 'check' } })}
      >
        {shown !== null && about !== null ? (
          <Reading check={shown} about={about} />
        ) : (
          isMissing && text('check.badge.notChecked')
        )}
        <span className={styles.waiting}>{isCurrent || isMissing ? '' : '…'}</span>
      </button>
      <Announcement level={level} />
    </div>
  );
}

/** The mark and the largest error; what is wrong is named. */
function Reading(props: { readonly check: CrossCheck; readonly about: Result }): ReactNode {
  const text = useText();
  const { array, index, error, level } = props.check.worst;
  if (level !== 'bad') {
    return (
      <>
        <span>{MARKS[level]}</span>
        <span>{formatNumber(error, 1)}</span>
      </>
    );
  }
  return (
    <>
      <span>{MARKS.bad}</span>
      <span className={styles.where}>{elementName(array, index, props.about.problem)}</span>
      <span className={styles.off}>
        <span className={styles.word}>{text('check.badge.offBy')} </span>
        {formatNumber(error, 2)}
      </span>
    </>
  );
}

function sentenceOf({ worst }: CrossCheck, { problem }: Result, text: Translate): string {
  const { array, index, level } = worst;
  const error = formatNumber(worst.error, level === 'bad' ? 2 : 1);
  if (level !== 'bad') return text(`check.badge.${level}`, { error });
  const element = elementName(array, index, problem);
  return text('check.badge.bad', {
    element,
    error,
    place: placeInWords(text, array, index, problem),
  });
}

/** For screen readers: nothing at first while all is well, then whenever the level changes. */
function Announcement({ level }: { readonly level: CheckLevel | null }): ReactNode {
  const text = useText();
  const [last, setLast] = useState<CheckLevel | null>(null);
  const [isNews, setIsNews] = useState(false);
  if (level !== null && level !== last) {
    setLast(level);
    setIsNews(last !== null || level !== 'good');
  }
  return (
    <span className={buttons.visuallyHidden} role="status">
      {last !== null && isNews && text(`check.announce.${last}`)}
    </span>
  );
}
