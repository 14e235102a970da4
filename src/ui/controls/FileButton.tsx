import { useRef } from 'react';
import { toErrorRecord, type ErrorRecord } from '../../model/errors';
import { readTextFile } from '../app/readFile';
import buttons from '../theme/buttons.module.css';

interface FileButtonProps {
  readonly label: string;
  readonly accept: string;
  readonly onText: (text: string, name: string) => void;
  readonly onError: (error: ErrorRecord) => void;
}

export function FileButton({ label, accept, onText, onError }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  const read = async (file: File) => {
    try {
      onText(await readTextFile(file), file.name);
    } catch (error) {
      onError(toErrorRecord(error));
    }
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={accept}
        className={buttons.visuallyHidden}
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file !== undefined) void read(file);
        }}
      />
      <button type="button" className={buttons.button} onClick={() => input.current?.click()}>
        {label}
      </button>
    </>
  );
}
