import { useMemo, useRef, useState } from 'react';
import { useServices, useText } from '../app/context';
import { Dialog } from '../app/Dialog';
import { attempt } from '../controls/attempt';
import buttons from '../theme/buttons.module.css';
import { QrCode } from './QrCode';
import { DENSE_LENGTH, qrPath } from './qrPath';
import styles from './ShareDialog.module.css';

export function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const services = useServices();
  // The link of the moment the dialog was opened: nothing changes behind it.
  const [link] = useState(() => attempt(() => services.shareUrl()));
  return (
    <Dialog title={text('share.title')} description={text('share.explain')} onClose={onClose}>
      {'value' in link ? (
        <Link url={link.value} />
      ) : (
        <p className={buttons.complaint} role="status">
          {text('share.tooLarge')}
        </p>
      )}
    </Dialog>
  );
}

function Link({ url }: { readonly url: string }) {
  const text = useText();
  const input = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null);
  const code = useMemo(() => qrPath(url), [url]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      setOutcome('copied');
    } catch {
      input.current?.select();
      setOutcome('failed');
    }
  };

  return (
    <>
      <div className={styles.row}>
        <input
          ref={input}
          className={styles.url}
          readOnly
          aria-label={text('share.link')}
          value={url}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" className={buttons.primary} onClick={() => void copy()}>
          {text(outcome === 'copied' ? 'share.copied' : 'share.copy')}
        </button>
      </div>
      <p className={buttons.note} role="status">
        {outcome === 'failed'
          ? text('share.copyFailed')
          : text('share.length', { count: url.length })}
      </p>
      {code === null ? (
        <p className={styles.warning}>{text('share.tooLong')}</p>
      ) : (
        <>
          <QrCode code={code} label={text('share.qr')} />
          {url.length > DENSE_LENGTH && <p className={styles.warning}>{text('share.dense')}</p>}
        </>
      )}
    </>
  );
}
