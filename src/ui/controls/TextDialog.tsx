import { useDeferredValue, useMemo, useState } from 'react';
import { LIMITS, TEXT_SAMPLES, type TaskConfiguration } from '../../model/configuration';
import { BULK_LIMITS } from '../../model/configurationSchema';
import type { ErrorRecord } from '../../model/errors';
import { importText } from '../../tasks/importText';
import { taskOf, textOf } from '../../tasks/registry';
import { Button } from '../app/Button';
import { useAppState, useAppStore, useText } from '../app/context';
import { Dialog } from '../app/Dialog';
import { useErrorText } from '../app/useErrorText';
import buttons from '../theme/buttons.module.css';
import { attempt } from './attempt';
import { Chips } from './Chips';
import { withTask } from './compatibility';
import styles from './Dialogs.module.css';
import { FileButton } from './FileButton';
import { useChange } from './gesture';
import { NumberRow } from './NumberRow';
import { wholeScale } from './numberScale';
import { VocabularyTable } from './VocabularyTable';

type TextTask = Extract<TaskConfiguration, { kind: 'text' }>;
type Choice = (typeof TEXT_SAMPLES)[number] | 'own';

const VOCABULARY = wholeScale(LIMITS.vocabulary);
const USUAL_VOCABULARY = 32;
const PREVIEW = 160;

interface TextDialogProps {
  readonly dropped?: string | undefined;
  readonly onClose: () => void;
}

export function TextDialog({ dropped, onClose }: TextDialogProps) {
  const text = useText();
  const errorText = useErrorText();
  const store = useAppStore();
  const change = useChange();
  const present = useAppState((state) => state.configuration.task);
  const source = present.kind === 'text' ? present.source : { sample: TEXT_SAMPLES[0] };
  const [choice, setChoice] = useState<Choice>(
    dropped !== undefined || !('sample' in source) ? 'own' : source.sample,
  );
  const [own, setOwn] = useState(dropped ?? ('sample' in source ? '' : source.text));
  const [vocabulary, setVocabulary] = useState(
    present.kind === 'text' ? present.vocabulary : USUAL_VOCABULARY,
  );
  const [fileError, setFileError] = useState<ErrorRecord | null>(null);

  const deferred = useDeferredValue(own);
  const prepared = useMemo(
    () => attempt(() => prepare(choice, deferred, vocabulary)),
    [choice, deferred, vocabulary],
  );
  const error = fileError ?? ('error' in prepared && own !== '' ? prepared.error : null);

  const apply = () => {
    if (!('value' in prepared)) return;
    change(withTask(prepared.value.task, store.getState().configuration.T));
    onClose();
  };

  return (
    <Dialog
      wide
      title={text('text.title')}
      description={text('text.explain')}
      onClose={onClose}
      actions={
        <>
          <button type="button" className={buttons.button} onClick={onClose}>
            {text('app.cancel')}
          </button>
          <Button
            className={buttons.primary}
            unavailable={!('value' in prepared) || deferred !== own}
            onClick={apply}
          >
            {text('text.apply')}
          </Button>
        </>
      }
    >
      <Chips<Choice>
        label={text('text.sample')}
        value={choice}
        onChoose={(next) => {
          setChoice(next);
          setFileError(null);
        }}
        chips={[
          ...TEXT_SAMPLES.map((sample) => ({
            value: sample,
            label: text(`text.sample.${sample}`),
          })),
          { value: 'own', label: text('text.own') },
        ]}
      />
      {choice === 'own' ? (
        <div className={styles.own}>
          <textarea
            className={buttons.textarea}
            rows={5}
            aria-label={text('text.own')}
            placeholder={text('text.paste')}
            maxLength={BULK_LIMITS.textLength}
            value={own}
            onChange={(event) => {
              setOwn(event.currentTarget.value);
              setFileError(null);
            }}
          />
          <FileButton
            label={text('text.file')}
            accept=".txt,.md,text/plain"
            onText={(content) => {
              setOwn(content.slice(0, BULK_LIMITS.textLength));
              setFileError(null);
            }}
            onError={setFileError}
          />
        </div>
      ) : (
        <p className={buttons.note}>{text(`text.source.${choice}`)}</p>
      )}
      <NumberRow
        name={text('text.vocabulary')}
        value={vocabulary}
        scale={VOCABULARY}
        onChange={setVocabulary}
        slider
      />
      <p className={buttons.note}>{text('text.vocabularyHint')}</p>
      {error !== null && (
        <p role="status" className={buttons.complaint}>
          {errorText(error.code)}
        </p>
      )}
      {'value' in prepared && (
        <>
          <p className={buttons.note}>{text('text.preview')}</p>
          <p className={styles.preview}>{prepared.value.preview}</p>
          <VocabularyTable vocabulary={prepared.value.vocabulary} />
        </>
      )}
    </Dialog>
  );
}

function prepare(choice: Choice, own: string, vocabulary: number) {
  const source: TextTask['source'] =
    choice === 'own'
      ? { text: importText(own).text.slice(0, BULK_LIMITS.textLength) }
      : { sample: choice };
  const task: TextTask = { kind: 'text', source, vocabulary };
  const content = textOf(source);
  const preview = content.slice(0, PREVIEW) + (content.length > PREVIEW ? ' …' : '');
  return { task, preview, vocabulary: taskOf(task).vocabulary! };
}
