import { useDeferredValue, useMemo, useState } from 'react';
import { SERIES_SAMPLES, type TaskConfiguration } from '../../model/configuration';
import { BULK_LIMITS } from '../../model/configurationSchema';
import type { ErrorRecord } from '../../model/errors';
import { importTable, type TableColumn } from '../../tasks/importTable';
import { seriesOf, taskOf } from '../../tasks/registry';
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
import { MiniLine } from './MiniLine';

type Series = Extract<TaskConfiguration, { kind: 'series' }>;
type Choice = (typeof SERIES_SAMPLES)[number] | 'own';

interface SeriesDialogProps {
  readonly dropped?: { readonly name: string; readonly text: string } | undefined;
  readonly onClose: () => void;
}

export function SeriesDialog({ dropped, onClose }: SeriesDialogProps) {
  const text = useText();
  const errorText = useErrorText();
  const store = useAppStore();
  const change = useChange();
  const present = useAppState((state) => state.configuration.task);
  const ownBefore = present.kind === 'series' && 'values' in present.source ? present.source : null;
  const [choice, setChoice] = useState<Choice>(
    dropped !== undefined || ownBefore !== null ? 'own' : SERIES_SAMPLES[0],
  );
  const [own, setOwn] = useState(dropped?.text ?? ownBefore?.values.join('\n') ?? '');
  const [fileName, setFileName] = useState(dropped?.name ?? ownBefore?.name ?? '');
  const [column, setColumn] = useState<number | null>(null);
  const [fileError, setFileError] = useState<ErrorRecord | null>(null);

  const deferred = useDeferredValue(own);
  const table = useMemo(() => attempt(() => importTable(deferred)), [deferred]);
  const columns = 'value' in table ? table.value.columns : [];
  const numeric = columns.flatMap((entry, index) => (entry.numeric ? [{ entry, index }] : []));
  // The first column is often a date or a running number; the last one holds the measurements.
  const shown = numeric.find(({ index }) => index === column) ?? numeric[numeric.length - 1];

  const source: Series['source'] | null =
    choice !== 'own'
      ? { sample: choice }
      : shown === undefined
        ? null
        : {
            name: printable(shown.entry.name || fileName || text('series.own')),
            values: shown.entry.values,
          };
  const error = fileError ?? ('error' in table && own !== '' ? table.error : null);

  return (
    <Dialog
      wide
      title={text('series.title')}
      description={text('series.explain')}
      onClose={onClose}
      actions={
        <>
          <button type="button" className={buttons.button} onClick={onClose}>
            {text('app.cancel')}
          </button>
          <Button
            className={buttons.primary}
            unavailable={source === null || deferred !== own}
            onClick={() => {
              if (source === null) return;
              change(withTask({ kind: 'series', source }, store.getState().configuration.T));
              onClose();
            }}
          >
            {text('series.apply')}
          </Button>
        </>
      }
    >
      <Chips<Choice>
        label={text('series.sample')}
        value={choice}
        onChoose={setChoice}
        chips={[
          ...SERIES_SAMPLES.map((sample) => ({
            value: sample,
            label: text(`series.sample.${sample}`),
          })),
          { value: 'own', label: text('series.own') },
        ]}
      />
      {choice === 'own' ? (
        <div className={styles.own}>
          <textarea
            className={buttons.textarea}
            rows={6}
            wrap="off"
            spellCheck={false}
            aria-label={text('series.own')}
            placeholder={text('series.paste')}
            value={own}
            onChange={(event) => {
              setOwn(event.currentTarget.value);
              setFileError(null);
            }}
          />
          <div className={styles.row}>
            <FileButton
              label={text('series.file')}
              accept=".csv,.tsv,.txt,text/csv,text/plain"
              onText={(content, name) => {
                setOwn(content);
                setFileName(name);
                setFileError(null);
              }}
              onError={setFileError}
            />
            {numeric.length > 0 && (
              <ColumnChooser columns={numeric} chosen={shown!.index} onChoose={setColumn} />
            )}
          </div>
          {'value' in table && shown !== undefined && (
            <p className={buttons.note}>
              {text('series.rows', { rows: table.value.rowCount, columns: numeric.length })}{' '}
              {shown.entry.missing > 0
                ? text('series.missing', { count: shown.entry.missing })
                : text('series.noMissing')}
              {table.value.truncated &&
                ` ${text('series.truncated', { most: BULK_LIMITS.seriesLength })}`}
            </p>
          )}
        </div>
      ) : (
        <p className={buttons.note}>{text(`series.source.${choice}`)}</p>
      )}
      {error !== null && choice === 'own' && (
        <p role="status" className={buttons.complaint}>
          {errorText(error.code)}
        </p>
      )}
      {source !== null && <BeforeAndAfter values={seriesOf(source).values} />}
    </Dialog>
  );
}

interface ColumnChooserProps {
  readonly columns: readonly { readonly entry: TableColumn; readonly index: number }[];
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
}

function ColumnChooser({ columns, chosen, onChoose }: ColumnChooserProps) {
  const text = useText();
  return (
    <label className={styles.row}>
      {text('series.column')}
      <select
        className={buttons.select}
        value={chosen}
        onChange={(event) => onChoose(Number(event.currentTarget.value))}
      >
        {columns.map(({ entry, index }) => (
          <option key={index} value={index}>
            {entry.name || `${text('series.column')} ${index + 1}`}
          </option>
        ))}
      </select>
    </label>
  );
}

function BeforeAndAfter({ values }: { readonly values: readonly number[] }) {
  const text = useText();
  const standardised = useMemo(() => {
    const source = { name: '', values };
    const prepared = attempt(() => taskOf({ kind: 'series', source }).standardisation);
    if ('error' in prepared || prepared.value === undefined) return [];
    const { mean, sd } = prepared.value;
    return values.map((value) => value / sd - mean / sd);
  }, [values]);
  return (
    <div className={styles.lines}>
      <MiniLine caption={text('series.raw')} values={values} />
      <MiniLine caption={text('series.standardised')} values={standardised} />
    </div>
  );
}

/** A column's name as the configuration accepts it. */
function printable(name: string): string {
  return name.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').slice(0, 100);
}
