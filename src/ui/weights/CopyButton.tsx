import { useState } from 'react';
import { useText } from '../app/context';
import { CheckIcon, CopyIcon } from '../app/icons';
import buttons from '../theme/buttons.module.css';

interface CopyButtonProps {
  readonly label: string;
  readonly className: string;
  readonly produce: () => string;
}

export function CopyButton({ label, className, produce }: CopyButtonProps) {
  const text = useText();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(produce());
      setCopied(true);
      window.setTimeout(() => setCopied(false), 2000);
    } catch {
      setCopied(false);
    }
  };
  return (
    <button
      type="button"
      className={className}
      title={label}
      aria-label={label}
      onClick={() => void copy()}
    >
      {copied ? <CheckIcon /> : <CopyIcon />}
      <span className={buttons.visuallyHidden} role="status">
        {copied && text('weights.copied')}
      </span>
    </button>
  );
}
