import type { ReactNode } from 'react';
import { PIN_LIMITS } from '../../../model/configuration';
import { useText } from '../../app/context';
import { PinIcon } from '../../app/icons';
import buttons from '../../theme/buttons.module.css';
import { useIsFull, usePinPresent } from './pinning';
import styles from './compare.module.css';

/** Pins the present run. With no room left it stays within reach and says why. */
export function PinButton(props: { readonly isNarrow?: boolean }): ReactNode {
  const text = useText();
  const pin = usePinPresent();
  const isFull = useIsFull();
  const { isNarrow = false } = props;
  return (
    <button
      type="button"
      className={isNarrow ? `${buttons.button} ${styles.headerPin}` : buttons.button}
      title={isFull ? text('compare.fullHint', { most: PIN_LIMITS.pins }) : text('compare.pinHint')}
      aria-keyshortcuts="P"
      aria-disabled={isFull}
      onClick={pin}
    >
      <PinIcon />
      <span className={isNarrow ? styles.headerPinWord : undefined}>
        {text(isNarrow ? 'compare.pin' : 'compare.pinThis')}
      </span>
    </button>
  );
}
