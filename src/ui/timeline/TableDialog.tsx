import { useMemo, type ReactNode } from 'react';
import type { Result } from '../../state/types';
import { useText } from '../app/context';
import { Dialog } from '../app/Dialog';
import { formatLog2, formatNumber, formatShare } from '../charts/format';
import { MathText } from '../charts/MathText';
import { useGhosts } from '../lab/compare/ghosts';
import { MOST_POINTS } from './limits';
import { largestOf, tableRows } from './table';
import type { ShownSteps } from './window';
import styles from './TableDialog.module.css';

/** All tracks' numbers over the shown steps, ghosts included, for reading and for screen readers. */
export function TableDialog(props: {
  readonly result: Result;
  readonly shown: ShownSteps;
  readonly onClose: () => void;
}): ReactNode {
  const { result, shown, onClose } = props;
  const text = useText();
  const ghosts = useGhosts();
  const rows = useMemo(() => tableRows(result, shown, MOST_POINTS), [result, shown]);
  const heads = [
    'table.step',
    'table.state',
    'table.loss',
    'table.error',
    'table.gradient',
    'table.contribution',
    'table.cut',
  ] as const;
  return (
    <Dialog
      title={text('timeline.tableTitle', { ...shown })}
      description={rows.some((row) => row.to > row.from) ? text('timeline.tableNote') : undefined}
      onClose={onClose}
      wide
    >
      <table className={styles.table}>
        <thead>
          <tr>
            {heads.map((key) => (
              <th key={key} scope="col">
                <MathText text={text(key)} />
              </th>
            ))}
            {ghosts.map(({ slot, name }) => (
              <th key={slot} scope="col" className={styles.ghost}>
                <MathText text={text('table.gradient')} /> {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.from}>
              <th scope="row">{row.from === row.to ? row.from : `${row.from}–${row.to}`}</th>
              <td>{formatLog2(row.log2State)}</td>
              <td>{formatNumber(row.loss)}</td>
              <td>{formatLog2(row.log2Error)}</td>
              <td>{formatLog2(row.log2Gradient)}</td>
              <td>{formatShare(row.log2Share)}</td>
              <td>{row.cut ? text('table.yes') : ''}</td>
              {ghosts.map(({ slot, run }) => (
                <td key={slot}>
                  {formatLog2(largestOf(run.summary.series.log2StateGradient, row.from, row.to))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
