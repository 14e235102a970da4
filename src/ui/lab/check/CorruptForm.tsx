import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { CHECKED_ARRAYS, type CheckedArray } from '../../../model/analyses';
import { Button } from '../../app/Button';
import { useAppState, useAppStore, useResult, useText, type Translate } from '../../app/context';
import { formatCount } from '../../charts/format';
import { parseNumber } from '../../controls/parseNumber';
import buttons from '../../theme/buttons.module.css';
import { placeInWords } from './notation';
import { checkedSize, elementName } from './position';
import styles from './check.module.css';
import lab from '../lab.module.css';

/** The developers' switch: one value is changed, so that the check has something to find. */
export function CorruptForm(): ReactNode {
  const text = useText();
  const store = useAppStore();
  const id = useId();
  const corruption = useAppState((state) => state.corruption);
  const summary = useResult()?.summary ?? null;
  const [array, setArray] = useState<CheckedArray>(corruption?.array ?? 'dWh');
  const [typed, setTyped] = useState(String(corruption?.index ?? 0));
  const [complaint, setComplaint] = useState<string | null>(null);

  const corrupt = (event: FormEvent) => {
    event.preventDefault();
    const index = parseNumber(typed);
    const size = summary === null ? 0 : checkedSize(array, summary.shape, summary.overflowAt);
    const fits = index !== null && Number.isInteger(index) && index >= 0 && index < size;
    setComplaint(fits ? null : rangeText(text, array, size));
    if (fits) store.getState().setCorruption({ array, index });
  };
  return (
    <form className={styles.corrupt} onSubmit={corrupt} aria-labelledby={`${id}-title`} noValidate>
      <h3 id={`${id}-title`}>{text('check.corrupt')}</h3>
      <p className={lab.note}>{text('check.corruptAbout')}</p>
      <div className={styles.choice}>
        <select
          className={buttons.select}
          aria-label={text('check.array')}
          value={array}
          onChange={(event) => setArray(event.currentTarget.value as CheckedArray)}
        >
          {CHECKED_ARRAYS.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <input
          className={styles.index}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          aria-label={text('check.corruptIndex')}
          aria-invalid={complaint !== null}
          aria-describedby={complaint === null ? undefined : `${id}-complaint`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <button type="submit" className={buttons.button}>
          {text('check.corruptNow')}
        </button>
        <Button
          className={buttons.button}
          unavailable={corruption === null}
          onClick={() => store.getState().setCorruption(null)}
        >
          {text('check.corruptStop')}
        </Button>
      </div>
      {complaint !== null && (
        <p id={`${id}-complaint`} role="alert" className={buttons.complaint}>
          {complaint}
        </p>
      )}
      {corruption !== null && <Corrupting />}
    </form>
  );
}

/** What is being corrupted, or why an edit made that impossible. */
function Corrupting(): ReactNode {
  const text = useText();
  const corruption = useAppState((state) => state.corruption);
  const summary = useResult()?.summary ?? null;
  if (corruption === null || summary === null) return null;
  const { array, index } = corruption;
  const { shape, overflowAt } = summary;
  const size = checkedSize(array, shape, overflowAt);
  return (
    <p className={styles.corrupting}>
      <b>{text('check.corrupting', { array, index })}</b>
      <br />
      {index < size
        ? text('check.corruptPlace', {
            element: elementName(array, index, shape),
            place: placeInWords(text, array, index, shape),
          })
        : rangeText(text, array, size)}
    </p>
  );
}

function rangeText(text: Translate, array: CheckedArray, size: number): string {
  if (size === 0) return text('check.corruptEmpty', { array });
  const [all, most] = [formatCount(size), formatCount(size - 1)];
  return text('check.corruptRange', { array, size: all, most });
}
