import { useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import type { CrossCheck } from '../../../model/analyses';
import type { Result } from '../../../state/types';
import { useAppState, useText } from '../../app/context';
import { formatCount, formatNumber } from '../../charts/format';
import { MathText } from '../../charts/MathText';
import buttons from '../../theme/buttons.module.css';
import { AnalysisFrame } from '../AnalysisFrame';
import { Panel } from '../Panel';
import { CheckTable } from './CheckTable';
import { CorruptForm } from './CorruptForm';
import { Differences } from './Differences';
import { MARKS } from './notation';
import { elementName } from './position';
import { useCheck, type Check } from './useCheck';
import styles from './check.module.css';
import lab from '../lab.module.css';

/** The engine's numbers against the float64 reference, array by array. */
export function CheckPanel(): ReactNode {
  const text = useText();
  const check = useCheck();
  const isCorrupting = useAppState((state) => state.corruption !== null);
  const [isOpen, setIsOpen] = useState(false);
  // The developers' switch: Alt-click on the title or the verdict, Alt+Enter anywhere in the panel.
  const onClick = (event: MouseEvent<HTMLElement>) => {
    if (!event.altKey) return;
    if ((event.target as Element).closest('h2, [data-verdict]') !== null) setIsOpen(!isOpen);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (!event.altKey || event.key !== 'Enter') return;
    event.preventDefault();
    setIsOpen(!isOpen);
  };
  return (
    <div onClick={onClick} onKeyDown={onKeyDown}>
      <Panel
        title={text('check.title')}
        formula={text('check.formula')}
        about={text('check.about')}
      >
        {(isOpen || isCorrupting) && <CorruptForm />}
        <Answer check={check} />
        <Differences />
      </Panel>
    </div>
  );
}

function Answer({ check }: { readonly check: Check }): ReactNode {
  const text = useText();
  const { question, analysis, missing, request } = check;
  if (question !== null && analysis !== null) {
    return (
      <AnalysisFrame question={question} analysis={analysis} height="40rem">
        {(value, about) => <Found check={value} about={about} />}
      </AnalysisFrame>
    );
  }
  if (missing === 'tooLarge') return <p className={lab.note}>{text('check.tooLarge')}</p>;
  if (missing !== 'onRequest') return null;
  return (
    <div className={lab.part}>
      <p className={lab.note}>{text('check.onRequest')}</p>
      <button type="button" className={`${buttons.button} ${styles.action}`} onClick={request}>
        {text('check.now')}
      </button>
    </div>
  );
}

function Found(props: { readonly check: CrossCheck; readonly about: Result }): ReactNode {
  const { check, about } = props;
  return (
    <>
      <Verdict check={check} about={about} />
      <Mode check={check} />
      <Overflow {...check.overflowAt} />
      <CheckTable arrays={check.arrays} worst={check.worst} shape={about.problem} />
    </>
  );
}

function Verdict(props: { readonly check: CrossCheck; readonly about: Result }): ReactNode {
  const text = useText();
  const { array, index, error, level } = props.check.worst;
  return (
    <p className={styles.verdict} data-verdict={level}>
      <b>
        {MARKS[level]} {formatNumber(error, 2)}
      </b>{' '}
      {text(`check.${level}`, {
        element: elementName(array, index, props.about.problem),
        error: formatNumber(error, 2),
      })}
    </p>
  );
}

/** What was compared with what, and why. */
function Mode({ check }: { readonly check: CrossCheck }): ReactNode {
  const text = useText();
  const { mode, largestExponent, trajectoryError } = check;
  const exponent = largestExponent === null ? '–' : formatNumber(largestExponent);
  const isCalm = largestExponent !== null && largestExponent <= 0;
  const whole = isCalm ? 'trajectory' : 'trajectoryShort';
  const steps = isCalm ? 'ownStatesCalm' : 'ownStates';
  const key = mode === 'trajectory' ? whole : steps;
  return (
    <p className={lab.note}>
      <MathText
        text={text(`check.${key}`, { exponent, apart: formatNumber(trajectoryError, 2) })}
      />
    </p>
  );
}

/** Steps are 1-based; null: none. */
function Overflow(props: CrossCheck['overflowAt']): ReactNode {
  const text = useText();
  const { engine, reference } = props;
  if (engine === null && reference === null) return null;
  if (engine === reference) {
    const step = formatCount(engine!);
    return <p className={lab.note}>{text('check.overflowBoth', { step })}</p>;
  }
  const told = (step: number | null) =>
    step === null
      ? text('check.overflowNever')
      : text('check.overflowAt', { step: formatCount(step) });
  return (
    <p className={styles.disagreement}>
      {text('check.overflowApart', { engine: told(engine), reference: told(reference) })}
    </p>
  );
}
