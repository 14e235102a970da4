import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { PIN_LIMITS } from '../../../model/configuration';
import { useAppStore, useText } from '../../app/context';
import { useChange } from '../../controls/gesture';
import { nameProblem, type NameProblem } from './names';
import styles from './compare.module.css';

const COMPLAINTS = {
  blank: 'compare.nameBlank',
  taken: 'compare.nameTaken',
  unprintable: 'compare.nameUnprintable',
} as const;

/** A pin's name, edited in place: Enter or leaving the field takes it, Escape brings it back. */
export function PinName(props: { readonly slot: number; readonly name: string }): ReactNode {
  const { slot, name } = props;
  const text = useText();
  const store = useAppStore();
  const change = useChange();
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<NameProblem>(null);
  const complaintId = useId();

  const forget = () => {
    setDraft(null);
    setProblem(null);
  };
  const commit = (leaving: boolean) => {
    if (draft === null) return;
    const { pins } = store.getState().configuration;
    const found = nameProblem(draft, slot, pins);
    if (found !== null && !leaving) return setProblem(found);
    forget();
    if (found === null && draft.trim() !== name) {
      const renamed = { name: draft.trim(), configuration: pins[slot]!.configuration };
      change({ pins: pins.map((pin, i) => (i === slot ? renamed : pin)) });
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // Enter that confirms a candidate of an input method is not ours (keyCode 229 in Safari).
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter') commit(false);
    else if (event.key === 'Escape' && draft !== null) {
      forget();
      event.stopPropagation();
    } else return;
    event.preventDefault();
  };
  return (
    <span className={styles.name}>
      <input
        className={styles.nameInput}
        type="text"
        autoComplete="off"
        spellCheck={false}
        maxLength={PIN_LIMITS.name}
        aria-label={text('compare.name', { number: slot + 1 })}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : complaintId}
        value={draft ?? name}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          setProblem(null);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => commit(true)}
      />
      {problem !== null && (
        <span id={complaintId} role="alert" className={styles.complaint}>
          {text(COMPLAINTS[problem])}
        </span>
      )}
    </span>
  );
}
