import { useId, useState, type CSSProperties, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { STEPPED } from '../app/useShortcuts';
import { useText } from '../app/context';
import { useGesture } from './gesture';
import styles from './NumberField.module.css';
import { nextValue, type NumberScale } from './numberScale';
import { formatNumber, parseNumber } from './parseNumber';

export interface NumberFieldProps {
  /** Read by screen readers; the visible label may be elsewhere. */
  readonly label: string;
  readonly value: number;
  readonly scale: NumberScale;
  /** `gesture` is given while a key is held, so that it becomes one undo entry. */
  readonly onChange: (value: number, gesture?: string) => void;
  readonly id?: string;
  readonly disabled?: boolean;
  /** Width in characters */
  readonly width?: number;
  /**
   * No larger magnitude is taken. Unlike an end of the scale, which typing beyond it comes to, it is
   * no value that anybody means.
   */
  readonly limit?: number;
  /** Escape, once nothing typed is left to give up */
  readonly onEscape?: () => void;
  /** The id of a text about the field, such as why it is disabled */
  readonly describedBy?: string;
  /**
   * The field stands for several different values: `text` is shown in their place, arrows add to
   * each of them, and typing, with `onChange`, sets them all.
   */
  readonly several?: {
    readonly text: string;
    readonly onStep: (amount: number, gesture: string) => void;
  };
}

/** A number as ARIA takes it: without an exponent. Where it has one, aria-valuetext says it. */
function ariaNumber(value: number): number | undefined {
  return Number.isFinite(value) && !String(value).includes('e') ? value : undefined;
}

/**
 * Type, arrows (Shift ×10, Alt ÷10), Home/End, paste. The wheel never changes it. A text input with
 * the role of a spin button: the native number input drops `1e-3` pastes and full-width digits.
 */
export function NumberField(props: NumberFieldProps) {
  const { label, value, scale, onChange, id, disabled = false, width = 7, several } = props;
  const { limit = Infinity } = props;
  const text = useText();
  const gesture = useGesture();
  const [draft, setDraft] = useState<string | null>(null);
  /** Whether the last change came by keys: the text field knows nothing of it that it could undo. */
  const [isStepped, setStepped] = useState(false);
  const [complaint, setComplaint] = useState<'number' | 'range' | null>(null);
  const complaintId = useId();

  const forget = () => {
    setDraft(null);
    setComplaint(null);
  };

  /** Leaves unreadable text in place with the reason, unless the field is being left. */
  const commit = (leaving: boolean) => {
    if (draft === null) return;
    const typed = parseNumber(draft);
    if (typed === null || Math.abs(typed) > limit) {
      if (leaving) forget();
      else setComplaint(typed === null ? 'number' : 'range');
      return;
    }
    const bounded = nextValue(typed, scale);
    setDraft(null);
    setComplaint(!leaving && (typed < scale.least || typed > scale.most) ? 'range' : null);
    if (bounded !== value || several !== undefined) onChange(bounded);
  };

  const set = (next: number) => {
    forget();
    setStepped(true);
    const bounded = nextValue(next, scale);
    if (bounded !== value) onChange(bounded, gesture.current());
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // Enter that confirms a candidate of an input method is not ours (keyCode 229 in Safari).
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const factor = event.shiftKey ? 10 : event.altKey ? 0.1 : 1;
    const step = scale.whole ? Math.max(1, scale.step * factor) : scale.step * factor;
    const typed = draft === null ? null : parseNumber(draft);
    const add = (amount: number) => {
      if (several === undefined || typed !== null) set((typed ?? value) + amount);
      else {
        forget();
        setStepped(true);
        several.onStep(amount, gesture.current());
      }
    };
    if (event.key === 'ArrowUp') add(step);
    else if (event.key === 'ArrowDown') add(-step);
    else if (event.key === 'PageUp') add(10 * scale.step);
    else if (event.key === 'PageDown') add(-10 * scale.step);
    else if (event.key === 'Home' && Number.isFinite(scale.least)) set(scale.least);
    else if (event.key === 'End' && Number.isFinite(scale.most)) set(scale.most);
    else if (event.key === 'Enter') commit(false);
    else if (event.key === 'Escape' && (draft !== null || props.onEscape !== undefined)) {
      // Before the focus goes, which would take what is typed.
      flushSync(forget);
      event.stopPropagation();
      props.onEscape?.();
    } else return;
    event.preventDefault();
  };

  return (
    <span className={styles.field}>
      <span className={styles.box} style={{ '--characters': width } as CSSProperties}>
        <input
          id={id}
          className={styles.input}
          type="text"
          role="spinbutton"
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          aria-label={label}
          aria-valuenow={ariaNumber(value)}
          aria-valuemin={ariaNumber(scale.least)}
          aria-valuemax={ariaNumber(scale.most)}
          aria-valuetext={several?.text ?? formatNumber(value)}
          placeholder={several?.text}
          {...{ [STEPPED]: isStepped || undefined }}
          aria-invalid={complaint !== null}
          aria-describedby={complaint === null ? props.describedBy : complaintId}
          disabled={disabled}
          value={draft ?? (several === undefined ? formatNumber(value) : '')}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => {
            setDraft(event.currentTarget.value);
            setStepped(false);
            setComplaint(null);
          }}
          onKeyDown={onKeyDown}
          onKeyUp={gesture.end}
          onBlur={() => {
            gesture.end();
            setComplaint(null);
            commit(true);
          }}
        />
      </span>
      {complaint !== null && (
        <span id={complaintId} role="alert" className={styles.complaint}>
          {complaint === 'number'
            ? text('field.notANumber')
            : text('field.outOfRange', {
                least: formatNumber(Math.max(scale.least, -limit)),
                most: formatNumber(Math.min(scale.most, limit)),
              })}
        </span>
      )}
    </span>
  );
}
