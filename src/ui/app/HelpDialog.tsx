import { Fragment, useId } from 'react';
import type { MessageKey } from '../../i18n';
import { useAppState, useAppStore, useText } from './context';
import { Dialog } from './Dialog';
import styles from './HelpDialog.module.css';

/** Alternatives for one thing; a chord's keys are joined by +. */
type Row = readonly [keys: readonly string[], meaning: MessageKey];

interface Group {
  readonly title: MessageKey;
  readonly rows: readonly Row[];
  /** What the pointer does there */
  readonly note?: MessageKey;
}

const GROUPS: readonly Group[] = [
  {
    title: 'help.timeline',
    rows: [
      [['←', '→'], 'help.step'],
      [['Shift+←', 'Shift+→'], 'help.tenSteps'],
      [['Home', 'End'], 'help.ends'],
      [['D'], 'help.cut'],
      [['+', '−', '0'], 'help.zoom'],
      [['PageUp', 'PageDown'], 'help.pan'],
      [['Alt+↑', 'Alt+↓'], 'help.moveTrack'],
      [['↑', '↓', 'Delete'], 'help.resizeTrack'],
      [['Space'], 'help.play'],
      [['Esc'], 'help.stop'],
    ],
  },
  {
    title: 'help.everywhere',
    rows: [
      [['Ctrl+Z', '⌘+Z'], 'help.undo'],
      [['Shift+Ctrl+Z', 'Ctrl+Y', '⇧+⌘+Z'], 'help.redo'],
      [['P'], 'help.pin'],
      [['?'], 'help.keys'],
    ],
  },
  {
    title: 'help.numbers',
    rows: [
      [['↑', '↓'], 'help.arrows'],
      [['Shift+↑', 'Shift+↓'], 'help.coarse'],
      [['Alt+↑', 'Alt+↓'], 'help.fine'],
      [['Home', 'End'], 'help.limits'],
    ],
    note: 'help.drag',
  },
  {
    title: 'help.matrix',
    rows: [
      [['←', '→', '↑', '↓'], 'help.select'],
      [['Shift+→', 'Shift+↓'], 'help.extend'],
      [['Ctrl+→', '⌘+→'], 'help.far'],
      [['Shift+Space'], 'help.row'],
      [['Ctrl+Space'], 'help.column'],
      [['Ctrl+A', '⌘+A'], 'help.all'],
      [['Alt+↑', 'Alt+↓'], 'help.change'],
      [['0', '…', '9', 'Enter'], 'help.type'],
      [['Delete'], 'help.zero'],
      [['Ctrl+C', 'Ctrl+V'], 'help.paste'],
    ],
    note: 'help.matrixDrag',
  },
  {
    title: 'help.eigenvalues',
    rows: [
      [['←', '→', '↑', '↓'], 'help.moveEigenvalue'],
      [['Shift+→', 'Shift+↑'], 'help.moveCoarse'],
      [['Alt+→', 'Alt+↑'], 'help.moveFine'],
      [['[', ']'], 'help.nextEigenvalue'],
    ],
  },
];

export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  return (
    <Dialog wide isText title={text('help.title')} onClose={onClose}>
      <div className={styles.groups}>
        {GROUPS.map(({ title, rows, note }) => (
          <section key={title}>
            <h3 className={styles.title}>{text(title)}</h3>
            <dl className={styles.keys}>
              {rows.map(([keys, meaning]) => (
                <Fragment key={meaning}>
                  <dt>
                    {keys.map((chord) => (
                      <Chord key={chord} chord={chord} />
                    ))}
                  </dt>
                  <dd>{text(meaning)}</dd>
                </Fragment>
              ))}
            </dl>
            {note !== undefined && <p className={styles.drag}>{text(note)}</p>}
            {title === 'help.everywhere' && <SingleKeysSwitch />}
          </section>
        ))}
      </div>
    </Dialog>
  );
}

/** Speech input and shaky hands press letters that nobody meant (WCAG 2.1.4). */
function SingleKeysSwitch() {
  const text = useText();
  const store = useAppStore();
  const isOn = useAppState((state) => state.singleKeys);
  const id = useId();
  return (
    <div className={styles.switch}>
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={isOn}
        aria-describedby={`${id}-about`}
        onChange={(event) => store.getState().setSingleKeys(event.currentTarget.checked)}
      />
      <label htmlFor={id}>{text('help.singleKeys')}</label>
      <p id={`${id}-about`} className={styles.drag}>
        {text('help.singleKeysAbout')}
      </p>
    </div>
  );
}

function Chord({ chord }: { readonly chord: string }) {
  const keys = chord === '+' ? ['+'] : chord.split('+');
  return (
    <span className={styles.chord}>
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
