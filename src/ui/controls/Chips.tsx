import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import styles from './Chips.module.css';
import { neighbourOf } from './roving';

export interface Chip<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  /** The accessible name where the label is not plain text */
  readonly name?: string;
  readonly hint?: string;
  /** Why it cannot be chosen now; shown when someone tries. */
  readonly refusal?: string | null;
}

interface ChipsProps<Value extends string> {
  readonly label: string;
  readonly chips: readonly Chip<Value>[];
  readonly value: Value | null;
  /** Also called for the chip already chosen: some open a dialog. */
  readonly onChoose: (value: Value) => void;
  /** Columns of equal width; without it the chips flow. */
  readonly columns?: number;
}

/** One choice out of a few, all in sight. */
export function Chips<Value extends string>(props: ChipsProps<Value>) {
  const { label, chips, value, onChoose, columns } = props;
  const [refused, setRefused] = useState<Value | null>(null);
  const refusalId = useId();

  // Only as long as the refusal holds: the task may have changed since.
  const refusal = chips.find((chip) => chip.value === refused)?.refusal ?? null;

  const choose = (chip: Chip<Value>) => {
    setRefused(chip.refusal ? chip.value : null);
    if (!chip.refusal) onChoose(chip.value);
  };

  return (
    <div className={styles.root}>
      <ToggleGroup
        className={columns === undefined ? styles.flow : styles.grid}
        style={columns === undefined ? {} : { gridTemplateColumns: `repeat(${columns}, 1fr)` }}
        aria-label={label}
        onKeyDown={toNeighbour}
        value={value === null ? [] : [value]}
      >
        {chips.map((chip) => (
          <Toggle
            key={chip.value}
            value={chip.value}
            className={styles.chip}
            aria-label={chip.name}
            aria-disabled={chip.refusal ? true : undefined}
            aria-describedby={refusal !== null && chip.value === refused ? refusalId : undefined}
            title={chip.refusal ?? chip.hint}
            onClick={() => choose(chip)}
          >
            {chip.label}
          </Toggle>
        ))}
      </ToggleGroup>
      {refusal !== null && (
        <p id={refusalId} role="status" className={styles.refusal}>
          {refusal}
        </p>
      )}
    </div>
  );
}

/** Arrows also come to a chip that cannot be chosen now: pressing it tells why. */
function toNeighbour(
  event: KeyboardEvent<HTMLElement> & { readonly preventBaseUIHandler?: () => void },
): void {
  const all = Array.from(event.currentTarget.querySelectorAll<HTMLElement>('button'));
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const next = neighbourOf(event.key, all.indexOf(event.target as HTMLElement), all.length);
  if (next === null) return;
  event.preventDefault();
  event.preventBaseUIHandler?.();
  all[next]?.focus();
}
