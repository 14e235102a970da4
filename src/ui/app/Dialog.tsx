import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { useRef, type ReactNode } from 'react';
import { useText } from './context';
import { CloseIcon } from './icons';
import styles from './Dialog.module.css';

interface DialogProps {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** The row of buttons at the bottom, which stays in sight */
  readonly actions?: ReactNode;
  readonly wide?: boolean;
  /** There is nothing to do but read: keys scroll it from the start. */
  readonly isText?: boolean;
}

/** A modal dialog; it is rendered only while it is open. */
export function Dialog(props: DialogProps) {
  const { title, description, onClose, children, actions, wide = false, isText = false } = props;
  const body = useRef<HTMLDivElement>(null);
  const text = useText();
  return (
    <BaseDialog.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={styles.backdrop} />
        <BaseDialog.Popup
          className={`${styles.popup} ${wide ? styles.wide : ''}`}
          {...(isText && { initialFocus: body })}
        >
          <div className={styles.head}>
            <BaseDialog.Title className={styles.title}>{title}</BaseDialog.Title>
            <BaseDialog.Close className={styles.close} aria-label={text('app.close')}>
              <CloseIcon />
            </BaseDialog.Close>
          </div>
          <div ref={body} className={styles.body} {...(isText && { tabIndex: 0 })}>
            {description !== undefined && (
              <BaseDialog.Description className={styles.description}>
                {description}
              </BaseDialog.Description>
            )}
            {children}
          </div>
          {actions !== undefined && <div className={styles.actions}>{actions}</div>}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
