import { memo, useRef, useState } from 'react';
import { useAppStore, useText } from '../app/context';
import { PasteIcon } from '../app/icons';
import { ChartMenu } from '../charts/export/ChartMenu';
import { plainMath } from '../charts/MathText';
import { useChange } from '../controls/gesture';
import { NumberField } from '../controls/NumberField';
import { parseNumber } from '../controls/parseNumber';
import buttons from '../theme/buttons.module.css';
import { CopyButton } from './CopyButton';
import { EigenvaluePlot } from './EigenvaluePlot';
import { MatrixEditor, selectionAsText } from './MatrixEditor';
import { parseMatrix, toNumPy } from './matrixText';
import { PasteDialog } from './PasteDialog';
import { regionText } from './regionText';
import { boundsOf, clampSelection, FIRST_CELL, isSingle } from './selection';
import {
  added,
  entriesOf,
  filled,
  placed,
  rangeOf,
  type EditSelection,
  type Placement,
} from './selectionEdit';
import { SelectionToolbar } from './SelectionToolbar';
import toolbarStyles from './SelectionToolbar.module.css';
import { useArrayChart } from './useArrayChart';
import {
  changeArray,
  changeEntries,
  LARGEST_ENTRY,
  WEIGHT_LABELS,
  weightArrayOf,
  type WeightArray,
} from './weightArrays';
import styles from './WeightsSection.module.css';

const ENTRIES = {
  least: -Infinity,
  most: Infinity,
  step: 0.01,
  whole: false,
  logarithmic: false,
} as const;

/** Rendered for a new array only: results also come for every move of the playhead. */
export const ArrayEditor = memo(function ArrayEditor({ array }: { readonly array: WeightArray }) {
  const text = useText();
  const store = useAppStore();
  const change = useChange();
  const [chosen, setChosen] = useState(FIRST_CELL);
  const [selecting, setSelecting] = useState(false);
  const [pasted, setPasted] = useState<string | null>(null);
  const [isAttended, setAttended] = useState(false);
  const pair = useRef<HTMLDivElement>(null);
  const entryField = useRef<HTMLSpanElement>(null);
  /** Where typing began, to go back to after Enter */
  const typedFrom = useRef<HTMLElement | null>(null);
  const { key, rows, columns, values } = array;
  const selection = clampSelection(chosen, array);
  const bounds = boundsOf(selection);
  const [least, greatest] = rangeOf(values, bounds, columns);
  const region = regionText(text, bounds, array);

  const chart = useArrayChart(array, pair);

  const edit: EditSelection = (make, gesture) => {
    const { configuration } = store.getState();
    const present = weightArrayOf(configuration, key);
    const entries = make(entriesOf(present.values, bounds, columns));
    change(changeEntries(configuration, key, entries), gesture);
  };
  const put = (placement: Exclude<Placement, { complaint: unknown }>) => {
    const { configuration } = store.getState();
    change(
      'array' in placement
        ? changeArray(configuration, key, placement.array)
        : changeEntries(configuration, key, placement.entries),
    );
    setPasted(null);
  };
  /** What fits is used at once; otherwise the dialog shows the text and what is wrong with it. */
  const paste = (clipboard: string) => {
    const parsed = parseMatrix(clipboard);
    const placement =
      'matrix' in parsed
        ? placed(parsed.matrix, plainMath(WEIGHT_LABELS[key]), array, bounds)
        : parsed;
    if ('complaint' in placement) setPasted(clipboard);
    else put(placement);
  };

  return (
    <>
      <ChartMenu className={styles.menu} chart={chart} />
      <div ref={pair} className={styles.pair}>
        <MatrixEditor
          isAttended={isAttended}
          onAttend={setAttended}
          array={array}
          selection={selection}
          onSelect={setChosen}
          selecting={selecting}
          onEdit={edit}
          onPaste={paste}
          onType={(map) => {
            entryField.current?.querySelector('input')?.focus();
            typedFrom.current = map;
          }}
        />
        {key === 'Wh' ? (
          <EigenvaluePlot array={array} />
        ) : (
          <div className={styles.side}>
            <span className={buttons.note}>{`${rows} × ${columns}`}</span>
          </div>
        )}
      </div>
      <div className={styles.entry}>
        <span className={styles.where} title={region}>
          {region}
        </span>
        <span
          ref={entryField}
          onFocus={() => setAttended(true)}
          onBlur={() => {
            setAttended(false);
            typedFrom.current = null;
          }}
          onKeyDown={({ key, target, nativeEvent }) => {
            const isDone =
              key === 'Enter' &&
              !nativeEvent.isComposing &&
              target instanceof HTMLInputElement &&
              isEntry(target.value);
            if (isDone) typedFrom.current?.focus();
          }}
        >
          <NumberField
            label={text(isSingle(selection) ? 'weights.entry' : 'weights.entries')}
            value={least}
            scale={ENTRIES}
            width={13}
            limit={LARGEST_ENTRY}
            onEscape={() => pair.current?.querySelector<HTMLElement>('[role=application]')?.focus()}
            onChange={(value, gesture) => edit((entries) => filled(entries, value), gesture)}
            {...(least !== greatest && {
              several: {
                text: text('weights.several'),
                onStep: (amount, gesture) => edit((entries) => added(entries, amount), gesture),
              },
            })}
          />
        </span>
      </div>
      <SelectionToolbar selecting={selecting} onSelecting={setSelecting} onEdit={edit}>
        <CopyButton
          className={toolbarStyles.tool!}
          label={text(isSingle(selection) ? 'weights.copy' : 'weights.copySelection')}
          produce={() =>
            isSingle(selection) ? toNumPy(values, rows, columns) : selectionAsText(array, bounds)
          }
        />
        <button
          type="button"
          className={toolbarStyles.tool}
          title={text('weights.paste')}
          aria-label={text('weights.paste')}
          onClick={() => setPasted('')}
        >
          <PasteIcon />
        </button>
      </SelectionToolbar>
      {pasted !== null && (
        <PasteDialog
          array={array}
          bounds={bounds}
          initial={pasted}
          onUse={put}
          onClose={() => setPasted(null)}
        />
      )}
    </>
  );
});

function isEntry(typed: string): boolean {
  const value = parseNumber(typed);
  return value !== null && Math.abs(value) <= LARGEST_ENTRY;
}
