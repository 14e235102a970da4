import { useId, useRef, type KeyboardEvent } from 'react';
import { useText } from '../app/context';
import { plainMath } from '../charts/MathText';
import { useGesture } from '../controls/gesture';
import { formatNumber } from '../controls/parseNumber';
import buttons from '../theme/buttons.module.css';
import { HeaderStrips } from './HeaderStrips';
import { HeatMap, largestMagnitude } from './HeatMap';
import { matrixCommand } from './matrixKeys';
import styles from './MatrixEditor.module.css';
import { toNumPy } from './matrixText';
import { regionText } from './regionText';
import { boundsOf, isSingle, shapeOfBounds, type Bounds, type Selection } from './selection';
import { added, entriesOf, filled, rangeOf, type EditSelection } from './selectionEdit';
import { useMatrixPointer } from './useMatrixPointer';
import { WEIGHT_LABELS, type WeightArray } from './weightArrays';

interface MatrixEditorProps {
  readonly array: WeightArray;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  /** A drag selects, instead of changing values: for touch, where there is no Shift. */
  readonly selecting: boolean;
  readonly onEdit: EditSelection;
  readonly onPaste: (text: string) => void;
  /** Enter, a digit: type the selection's value. */
  readonly onType: (map: HTMLElement) => void;
  /** Whether people are at these values: what other controls do to them is not announced. */
  readonly isAttended: boolean;
  readonly onAttend: (isAttended: boolean) => void;
}

/**
 * The heat map to edit: select by pointer, strips or keys as in a spreadsheet, drag up or down,
 * Alt with arrows.
 */
export function MatrixEditor(props: MatrixEditorProps) {
  const { array, selection, onSelect, selecting, onEdit, onPaste, onType } = props;
  const text = useText();
  const gesture = useGesture();
  const map = useRef<HTMLDivElement>(null);
  const keysId = useId();
  const { rows, columns, values } = array;
  const name = plainMath(WEIGHT_LABELS[array.key]);
  const bounds = boundsOf(selection);
  const pointer = useMatrixPointer({ array, selection, onSelect, selecting, onEdit });

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const command = matrixCommand(event, selection, array);
    if (command === null) return;
    event.stopPropagation();
    // The key that begins a number goes on into the field.
    if (command.kind !== 'type' || !command.begun) event.preventDefault();
    switch (command.kind) {
      case 'select':
        return onSelect(command.selection);
      case 'add':
        return onEdit((entries) => added(entries, command.amount), gesture.current());
      case 'zero':
        return onEdit((entries) => filled(entries, 0));
      case 'type':
        return onType(event.currentTarget);
    }
  };

  return (
    <div className={styles.editor}>
      <HeaderStrips
        shape={array}
        selection={selection}
        onSelect={(next) => {
          map.current?.focus();
          onSelect(next);
        }}
      />
      <div
        ref={map}
        className={styles.map}
        role="application"
        tabIndex={0}
        aria-label={text('weights.map', { name, rows, columns })}
        aria-describedby={keysId}
        data-selecting={selecting}
        {...pointer}
        onFocus={() => props.onAttend(true)}
        onBlur={() => props.onAttend(false)}
        onKeyDown={onKeyDown}
        onKeyUp={gesture.end}
        onPaste={(event) => {
          event.preventDefault();
          onPaste(event.clipboardData.getData('text/plain'));
        }}
        onCopy={(event) => {
          event.preventDefault();
          event.clipboardData.setData('text/plain', selectionAsText(array, bounds));
        }}
      >
        <HeatMap array={array} largest={largestMagnitude(values)} />
        <span
          className={isSingle(selection) ? styles.cursor : `${styles.cursor} ${styles.several}`}
          style={outlineOf(array, bounds)}
        />
        <span id={keysId} className={buttons.spoken}>
          {text('weights.mapKeys')}
        </span>
        <SelectionSpoken array={array} bounds={bounds} isAttended={props.isAttended} />
      </div>
    </div>
  );
}

/** What is selected and its values, as it changes. */
function SelectionSpoken(props: {
  readonly array: WeightArray;
  readonly bounds: Bounds;
  readonly isAttended: boolean;
}) {
  const { array, bounds, isAttended } = props;
  const text = useText();
  const name = plainMath(WEIGHT_LABELS[array.key]);
  const [least, greatest] = rangeOf(array.values, bounds, array.columns);
  const { rows, columns } = shapeOfBounds(bounds);
  const region = regionText(text, bounds, array);
  return (
    <span className={buttons.spoken} aria-live={isAttended ? 'polite' : 'off'}>
      {least === greatest
        ? text('weights.regionValue', { name, region, value: formatNumber(least) })
        : text('weights.regionValues', {
            ...{ name, region, count: rows * columns },
            ...{ least: formatNumber(least), greatest: formatNumber(greatest) },
          })}
    </span>
  );
}

function outlineOf({ rows, columns }: WeightArray, { top, left, bottom, right }: Bounds) {
  return {
    left: `min(${(100 * left) / columns}%, 100% - 9px)`,
    top: `min(${(100 * top) / rows}%, 100% - 9px)`,
    width: `${(100 * (right - left + 1)) / columns}%`,
    height: `${(100 * (bottom - top + 1)) / rows}%`,
  };
}

/** One entry as a number, more of them as NumPy has it. */
export function selectionAsText({ values, columns }: WeightArray, bounds: Bounds): string {
  const numbers = entriesOf(values, bounds, columns).map(([, value]) => value);
  if (numbers.length === 1) return formatNumber(numbers[0]!);
  const shape = shapeOfBounds(bounds);
  return toNumPy(numbers, shape.rows, shape.columns);
}
