import { memo, useRef, useState } from 'react';
import type { WeightKey } from '../../model/configuration';
import { useAppStore, useText } from '../app/context';
import { CheckIcon, CopyIcon, PasteIcon } from '../app/icons';
import { ChartMenu } from '../charts/export/ChartMenu';
import { plainLegend } from '../charts/export/legends';
import type { ChartExport } from '../charts/export/sources';
import { plainMath } from '../charts/MathText';
import { useChange } from '../controls/gesture';
import { NumberField } from '../controls/NumberField';
import buttons from '../theme/buttons.module.css';
import { useTheme } from '../theme/useTheme';
import { arrayData } from './arrayData';
import { EigenvaluePlot } from './EigenvaluePlot';
import { largestMagnitude } from './HeatMap';
import { MatrixEditor } from './MatrixEditor';
import editorStyles from './MatrixEditor.module.css';
import { fitMatrix, parseMatrix, toNumPy } from './matrixText';
import { PasteDialog } from './PasteDialog';
import {
  changeArray,
  changeEntry,
  useWeightArray,
  WEIGHT_LABELS,
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

export function ArrayPanel({ weight }: { readonly weight: WeightKey }) {
  const text = useText();
  const array = useWeightArray(weight);
  if (array === null) {
    return (
      <div className={styles.pair}>
        <div className={editorStyles.waiting} role="status">
          {text('weights.waiting')}
        </div>
      </div>
    );
  }
  return <ArrayEditor array={array} />;
}

/** Rendered for a new array only: results also come for every move of the playhead. */
const ArrayEditor = memo(function ArrayEditor({ array }: { readonly array: WeightArray }) {
  const text = useText();
  const store = useAppStore();
  const change = useChange();
  const [chosen, setChosen] = useState(0);
  const [pasted, setPasted] = useState<string | null>(null);
  const entryField = useRef<HTMLSpanElement>(null);
  const pair = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  const { key, rows, columns, values } = array;
  const selected = Math.min(chosen, rows * columns - 1);
  const name = plainMath(WEIGHT_LABELS[key]);

  const chart: ChartExport = {
    id: `weights-${key}`,
    title: WEIGHT_LABELS[key],
    panels: () => {
      const element = pair.current?.querySelector('canvas') ?? null;
      if (element === null) return [];
      const most = largestMagnitude(values);
      const scale = { kind: 'diverging', low: -most, high: most } as const;
      return [
        {
          ...{ title: WEIGHT_LABELS[key], note: `${rows} × ${columns}`, element, zoom: 2 },
          ...{ isFramed: false, isOnTimeAxis: false },
          legend: most > 0 ? plainLegend(scale, theme) : null,
        },
      ];
    },
    data: () => arrayData(array, text),
  };

  const apply = (matrix: readonly number[]) => {
    change(changeArray(store.getState().configuration, key, matrix));
    setPasted(null);
  };
  /** What fits is used at once; otherwise the dialog shows the text and what is wrong with it. */
  const paste = (clipboard: string) => {
    const parsed = parseMatrix(clipboard);
    const fitted = 'matrix' in parsed ? fitMatrix(parsed.matrix, name, rows, columns) : parsed;
    if ('matrix' in fitted) apply(fitted.matrix.values);
    else setPasted(clipboard);
  };

  return (
    <>
      <ChartMenu className={styles.menu} chart={chart} />
      <div ref={pair} className={styles.pair}>
        <MatrixEditor
          array={array}
          selected={selected}
          onSelect={setChosen}
          onPaste={paste}
          onType={() => entryField.current?.querySelector('input')?.focus()}
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
        <span className={styles.where}>
          {text('weights.cell', {
            row: Math.floor(selected / columns) + 1,
            column: (selected % columns) + 1,
          })}
        </span>
        <span ref={entryField}>
          <NumberField
            label={text('weights.entry')}
            value={values[selected]!}
            scale={ENTRIES}
            width={9}
            onChange={(value, gesture) =>
              change(changeEntry(store.getState().configuration, array, selected, value), gesture)
            }
          />
        </span>
        <CopyButton produce={() => toNumPy(values, rows, columns)} />
        <button
          type="button"
          className={buttons.small}
          title={text('weights.paste')}
          aria-label={text('weights.paste')}
          onClick={() => setPasted('')}
        >
          <PasteIcon />
        </button>
      </div>
      {pasted !== null && (
        <PasteDialog array={array} initial={pasted} onUse={apply} onClose={() => setPasted(null)} />
      )}
    </>
  );
});

function CopyButton({ produce }: { readonly produce: () => string }) {
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
      className={buttons.small}
      title={text('weights.copy')}
      aria-label={text('weights.copy')}
      onClick={() => void copy()}
    >
      {copied ? <CheckIcon /> : <CopyIcon />}
      <span className={buttons.visuallyHidden} role="status">
        {copied && text('weights.copied')}
      </span>
    </button>
  );
}
