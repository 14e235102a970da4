import { useId, useState } from 'react';
import { useAppState, useText } from '../app/context';
import { MathText } from '../charts/MathText';
import { Chips } from './Chips';
import styles from './Field.module.css';
import { useChange } from './gesture';
import { formatSteps, parseSteps } from './stepList';
import stepStyles from './LossPlacement.module.css';

const PLACEMENTS = ['task', 'every', 'last', 'chosen'] as const;

/** Where the loss sits: the task's own steps, every step, the last one, or steps typed in. */
export function LossPlacement() {
  const text = useText();
  const change = useChange();
  const placement = useAppState((state) => state.configuration.lossPlacement);
  const T = useAppState((state) => state.configuration.T);
  const chosen = typeof placement === 'string' ? null : placement;
  return (
    <>
      <div className={styles.row}>
        <span className={`${styles.label} ${styles.short}`}>{text('sequence.loss')}</span>
        <Chips
          label={text('sequence.loss')}
          value={typeof placement === 'string' ? placement : 'chosen'}
          onChoose={(value) => {
            const lossPlacement = value === 'chosen' ? (chosen ?? [T]) : value;
            if (lossPlacement !== placement) change({ lossPlacement });
          }}
          chips={PLACEMENTS.map((value) => ({
            value,
            label: <MathText text={text(`sequence.loss.${value}`)} />,
          }))}
        />
      </div>
      {chosen !== null && <ChosenSteps steps={chosen} T={T} />}
    </>
  );
}

interface Draft {
  readonly text: string;
  readonly of: readonly number[];
  readonly isBad: boolean;
}

function ChosenSteps({ steps, T }: { readonly steps: readonly number[]; readonly T: number }) {
  const text = useText();
  const change = useChange();
  /** What is typed, and the steps it is to replace: it is nothing to others, which undo may bring. */
  const [draft, setDraft] = useState<Draft | null>(null);
  const hintId = useId();
  const typed = draft?.of === steps ? draft : null;
  const bad = typed?.isBad === true;
  const commit = () => {
    if (typed === null) return;
    const parsed = parseSteps(typed.text, T);
    setDraft(parsed === null ? { ...typed, isBad: true } : null);
    if (parsed !== null && formatSteps(parsed) !== formatSteps(steps)) {
      change({ lossPlacement: parsed });
    }
  };
  return (
    <div className={styles.stack}>
      <input
        className={stepStyles.input}
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-label={text('sequence.lossSteps')}
        aria-describedby={hintId}
        aria-invalid={bad}
        value={typed?.text ?? formatSteps(steps)}
        onChange={(event) => setDraft({ text: event.currentTarget.value, of: steps, isBad: false })}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) commit();
        }}
      />
      <span id={hintId} className={bad ? stepStyles.bad : styles.hint} role="status">
        {bad ? text('sequence.lossStepsBad', { T }) : text('sequence.lossStepsHint')}
      </span>
    </div>
  );
}
