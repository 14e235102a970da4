import { useState } from 'react';
import type { ErrorRecord } from '../../model/errors';
import buttons from '../theme/buttons.module.css';
import { useAppState, useAppStore, useText } from './context';
import { CloseIcon } from './icons';
import styles from './NoticeBanner.module.css';

/** The last refused edit, link or file: what happened, what to do, and the detail for the curious. */
export function NoticeBanner() {
  const text = useText();
  const store = useAppStore();
  const notice = useAppState((state) => state.notice);
  return (
    <div role="alert" className={styles.region}>
      {notice !== null && notice.code !== 'aborted' && (
        <div className={styles.banner}>
          <div className={styles.words}>
            <p>
              <b>{text(`error.${notice.code}`)}</b> {text(`error.${notice.code}.remedy`)}
            </p>
            {notice.message !== '' && (
              <details>
                <summary>{text('error.detail')}</summary>
                <p className={styles.detail} lang="en">
                  {notice.path === '' ? notice.message : `${notice.path}: ${notice.message}`}
                </p>
              </details>
            )}
            {notice.code === 'invalid-link' && <RawLink notice={notice} />}
          </div>
          <button
            type="button"
            className={buttons.icon}
            aria-label={text('error.dismiss')}
            onClick={() => store.getState().setNotice(null)}
          >
            <CloseIcon />
          </button>
        </div>
      )}
    </div>
  );
}

/** What the damaged link said, to be saved or sent back. */
function RawLink({ notice }: { readonly notice: ErrorRecord }) {
  const text = useText();
  const [copied, setCopied] = useState(false);
  const raw = String(notice.details['raw'] ?? window.location.hash);
  if (raw === '') return null;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(raw);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return (
    <div className={styles.raw}>
      <input
        className={styles.text}
        readOnly
        aria-label={text('error.rawText')}
        value={raw}
        onFocus={(event) => event.currentTarget.select()}
      />
      <button type="button" className={buttons.small} onClick={() => void copy()}>
        {copied ? text('error.copied') : text('error.copyRaw')}
      </button>
    </div>
  );
}
