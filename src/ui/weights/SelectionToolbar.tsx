import { useState, type ReactNode } from 'react';
import { useText } from '../app/context';
import { SelectIcon } from '../app/icons';
import { NumberField } from '../controls/NumberField';
import { formatNumber } from '../controls/parseNumber';
import styles from './SelectionToolbar.module.css';
import { added, filled, multiplied, type EditSelection } from './selectionEdit';
import { LARGEST_ENTRY } from './weightArrays';

const OPERANDS = {
  least: -Infinity,
  most: Infinity,
  step: 0.1,
  whole: false,
  logarithmic: false,
} as const;

interface SelectionToolbarProps {
  readonly selecting: boolean;
  readonly onSelecting: (selecting: boolean) => void;
  readonly onEdit: EditSelection;
  /** Copy and paste */
  readonly children: ReactNode;
}

/** What can be done to the selected entries: + and × take the number beside them. */
export function SelectionToolbar(props: SelectionToolbarProps) {
  const { selecting, onSelecting, onEdit, children } = props;
  const text = useText();
  const [operand, setOperand] = useState(0.1);
  const number = formatNumber(operand);
  const actions = [
    { sign: '+', label: text('weights.add', { number }), make: added, by: operand },
    { sign: '×', label: text('weights.multiply', { number }), make: multiplied, by: operand },
    { sign: '±', label: text('weights.negate'), make: multiplied, by: -1 },
    { sign: '0', label: text('weights.zero'), make: filled, by: 0 },
  ];
  return (
    <div className={styles.toolbar} role="group" aria-label={text('weights.selection')}>
      <button
        type="button"
        className={styles.tool}
        aria-pressed={selecting}
        aria-label={text('weights.selecting')}
        title={text('weights.selectingHint')}
        onClick={() => onSelecting(!selecting)}
      >
        <SelectIcon />
      </button>
      <NumberField
        label={text('weights.operand')}
        value={operand}
        scale={OPERANDS}
        width={4}
        limit={LARGEST_ENTRY}
        onChange={setOperand}
      />
      {actions.map(({ sign, label, make, by }) => (
        <button
          key={sign}
          type="button"
          className={styles.tool}
          aria-label={label}
          title={label}
          onClick={() => onEdit((entries) => make(entries, by))}
        >
          {sign}
        </button>
      ))}
      <span className={styles.gap} />
      {children}
    </div>
  );
}
