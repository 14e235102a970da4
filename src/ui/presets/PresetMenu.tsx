import { Popover } from '@base-ui/react/popover';
import { useId, useState, type ReactNode } from 'react';
import { useAppStore, useText } from '../app/context';
import { MathText } from '../charts/MathText';
import buttons from '../theme/buttons.module.css';
import { PRESETS, PRESET_GROUPS } from './presets';
import styles from './presets.module.css';

const GROUPS = [
  'flow',
  'training',
  'truncation',
  'mistakes',
] as const satisfies (keyof typeof PRESET_GROUPS)[];

/** Ready configurations; choosing one is a single change that can be undone. */
export function PresetMenu(): ReactNode {
  const text = useText();
  const store = useAppStore();
  const base = useId();
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className={`${buttons.button} ${styles.trigger}`}>
        {text('preset.menu')} <span aria-hidden="true">▾</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className={styles.positioner} sideOffset={6} align="start">
          <Popover.Popup className={styles.popup}>
            <Popover.Title className={buttons.visuallyHidden}>{text('preset.menu')}</Popover.Title>
            {GROUPS.map((group) => (
              <div key={group} role="group" aria-labelledby={`${base}-${group}`}>
                <h3 id={`${base}-${group}`} className={styles.group}>
                  {text(`preset.group.${group}`)}
                </h3>
                {PRESET_GROUPS[group].map((id) => (
                  <button
                    key={id}
                    type="button"
                    className={styles.preset}
                    onClick={() => {
                      store.getState().change(PRESETS[id]);
                      setOpen(false);
                    }}
                  >
                    <b>
                      <MathText text={text(`preset.${id}`)} />
                    </b>
                    <span>
                      <MathText text={text(`preset.${id}About`)} />
                    </span>
                  </button>
                ))}
              </div>
            ))}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
