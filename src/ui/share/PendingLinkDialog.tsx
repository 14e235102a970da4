import { useAppState, useAppStore, useText } from '../app/context';
import { Dialog } from '../app/Dialog';
import buttons from '../theme/buttons.module.css';
import { toErrorRecord } from '../../model/errors';

/** A link came while there are unsaved edits: both stay until someone chooses. */
export function PendingLinkDialog() {
  const text = useText();
  const store = useAppStore();
  const pending = useAppState((state) => state.pendingLink !== null);
  if (!pending) return null;
  const keep = () => store.getState().keepMine();
  const open = () => {
    try {
      store.getState().acceptLink();
    } catch (error) {
      store.getState().setNotice(toErrorRecord(error));
    }
  };
  return (
    <Dialog
      title={text('pending.title')}
      description={text('pending.explain')}
      onClose={keep}
      actions={
        <>
          <button type="button" className={buttons.button} onClick={keep}>
            {text('pending.keep')}
          </button>
          <button type="button" className={buttons.primary} onClick={open}>
            {text('pending.open')}
          </button>
        </>
      }
    >
      {null}
    </Dialog>
  );
}
