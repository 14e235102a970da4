import { useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { ControlsPanel } from '../controls/ControlsPanel';
import buttons from '../theme/buttons.module.css';
import styles from './App.module.css';
import { useText } from './context';
import { SlidersIcon } from './icons';

/**
 * The left panel; on a phone a sheet over the lower half, so that the tracks stay in sight. Its
 * button comes before it: Tab goes from there into the sheet, and closes it on the way out.
 */
export function ControlsSheet() {
  const text = useText();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const sheet = useRef<HTMLElement>(null);
  /** Whether a Tab is moving the focus; a press beside the sheet leaves it open. */
  const isTabbing = useRef(false);

  const onKeyDown = (event: KeyboardEvent) => {
    isTabbing.current = event.key === 'Tab';
    // A menu that was opened from here has an Escape of its own.
    if (event.key !== 'Escape' || !open || !event.currentTarget.contains(event.target as Node)) {
      return;
    }
    setOpen(false);
    button.current?.focus();
  };
  const onBlur = ({ relatedTarget, currentTarget }: FocusEvent) => {
    const wentOn =
      relatedTarget instanceof Node &&
      relatedTarget !== button.current &&
      !currentTarget.contains(relatedTarget);
    if (isTabbing.current && wentOn) setOpen(false);
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`${buttons.primary} ${styles.sheetButton}`}
        aria-expanded={open}
        aria-controls="controls"
        onClick={() => {
          // What is not displayed takes no focus.
          flushSync(() => setOpen(!open));
          if (!open) sheet.current?.focus();
        }}
      >
        <SlidersIcon />
        {text(open ? 'app.closeControls' : 'app.openControls')}
      </button>
      <aside
        ref={sheet}
        id="controls"
        className={styles.controls}
        data-open={open}
        tabIndex={-1}
        aria-labelledby="controls-title"
        onKeyDown={onKeyDown}
        onKeyUp={() => (isTabbing.current = false)}
        onBlur={onBlur}
      >
        <h2 id="controls-title" className={buttons.visuallyHidden}>
          {text('app.controls')}
        </h2>
        <ControlsPanel />
      </aside>
    </>
  );
}
