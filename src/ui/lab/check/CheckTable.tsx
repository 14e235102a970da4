import type { ReactNode } from 'react';
import type { ArrayCheck } from '../../../model/analyses';
import type { Shape } from '../../../model/problem';
import { useAppStore, useText } from '../../app/context';
import { formatNumber } from '../../charts/format';
import { MathText } from '../../charts/MathText';
import { useTimelineActions } from '../../timeline/actions';
import { ElementName } from './ElementName';
import { CHECK_NOTATION, MARKS, placeInWords } from './notation';
import { elementMoment } from './position';
import styles from './check.module.css';

interface CheckTableProps {
  readonly arrays: readonly ArrayCheck[];
  readonly worst: ArrayCheck;
  readonly shape: Shape;
}

/** Every array with its worst element; two lines a row, so that the narrowest panel holds it. */
export function CheckTable({ arrays, worst, shape }: CheckTableProps): ReactNode {
  const text = useText();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{text('check.array')}</th>
          <th scope="col">{text('check.values')}</th>
          <th scope="col">{text('check.error')}</th>
        </tr>
      </thead>
      <tbody>
        {arrays.map((row) => (
          <ArrayRow key={row.array} row={row} shape={shape} isWorst={row.array === worst.array} />
        ))}
      </tbody>
    </table>
  );
}

/** Enough digits to see a difference of a float32's last place. */
const DIGITS = 6;

function ArrayRow(props: {
  readonly row: ArrayCheck;
  readonly shape: Shape;
  readonly isWorst: boolean;
}): ReactNode {
  const { row, shape, isWorst } = props;
  const { array, index, level, error } = row;
  return (
    <tr data-level={level} data-array={array} data-worst={isWorst && level !== 'good'}>
      <th scope="row">
        <span className={styles.mark}>{MARKS[level]}</span>{' '}
        <span className={styles.symbol}>
          <MathText text={CHECK_NOTATION[array]} />
        </span>
        <Place row={row} shape={shape} />
      </th>
      <td>
        {index >= 0 && (
          <>
            <div>{formatNumber(row.engine, DIGITS)}</div>
            <div className={styles.soft}>{formatNumber(row.reference, DIGITS)}</div>
          </>
        )}
      </td>
      <td className={styles.error}>{formatNumber(error, 2)}</td>
    </tr>
  );
}

/** The element's name; with a step, a button that moves the playhead there. */
function Place({ row, shape }: { readonly row: ArrayCheck; readonly shape: Shape }): ReactNode {
  const text = useText();
  const store = useAppStore();
  const actions = useTimelineActions();
  const { array, index } = row;
  const name = <ElementName array={array} index={index} shape={shape} />;
  const moment = elementMoment(array, index, shape);
  const place = index < 0 ? undefined : placeInWords(text, array, index, shape);
  if (moment === null) {
    return (
      <span className={styles.place} title={place}>
        {name}
      </span>
    );
  }
  const { step, batchEntry } = moment;
  const show = () => {
    actions.select(step);
    const state = store.getState();
    // The table may be about an earlier, larger batch.
    if (batchEntry !== null && batchEntry < state.configuration.B) {
      state.change({ view: { batchEntry } });
    }
  };
  const label = text('check.showStep', { place: place! });
  return (
    <button type="button" className={styles.place} title={label} onClick={show}>
      {name}
    </button>
  );
}
