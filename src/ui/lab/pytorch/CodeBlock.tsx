import { Fragment, useState, type ReactNode } from 'react';
import { useText } from '../../app/context';
import buttons from '../../theme/buttons.module.css';
import styles from './pytorch.module.css';

interface CodeBlockProps {
  readonly code: string;
  /** Of the downloaded file */
  readonly name: string;
  /** Something newer is on its way */
  readonly pending: boolean;
}

/** A Python program to read, copy and download; the lines about the state's history stand out. */
export function CodeBlock({ code, name, pending }: CodeBlockProps): ReactNode {
  const text = useText();
  const [said, setSaid] = useState<'copied' | 'refused' | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code);
      setSaid('copied');
    } catch {
      setSaid('refused'); // the text can still be selected by hand
    }
  };
  return (
    <div className={styles.block} aria-busy={pending}>
      <pre
        className={styles.code}
        data-pending={pending}
        tabIndex={0}
        aria-label={name}
        // Python is read from left to right in every language.
        dir="ltr"
        lang="en"
      >
        <code>
          {code.split('\n').map((line, i) => (
            <Fragment key={i}>
              <Line line={line} />
              {'\n'}
            </Fragment>
          ))}
        </code>
      </pre>
      <div className={styles.tools}>
        <button type="button" className={buttons.small} onClick={() => void copy()}>
          {text('pytorch.copy')}
        </button>
        <button type="button" className={buttons.small} onClick={() => download(code, name)}>
          {text('pytorch.download')}
        </button>
        <span role="status">{said !== null && text(`pytorch.${said}`)}</span>
      </div>
    </div>
  );
}

/** What stops a gradient or a value on its way through time. */
const STOPS = /\.detach_?\(|zeros_like\(|\.data\b|torch\.zeros\(2\)  #|factor \*/;

function Line({ line }: { readonly line: string }): ReactNode {
  const comment = /(^|\s)#[^"]*$/.exec(line);
  const code = comment === null ? line : line.slice(0, comment.index);
  return (
    <span className={STOPS.test(code) ? styles.stop : undefined}>
      {code}
      {comment !== null && <span className={styles.comment}>{comment[0]}</span>}
    </span>
  );
}

function download(code: string, name: string): void {
  const url = URL.createObjectURL(new Blob([code], { type: 'text/x-python' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the blob by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
