import { useMemo, type ReactNode } from 'react';
import { useText } from '../../app/context';
import { Dialog } from '../../app/Dialog';
import { formatCount } from '../format';
import { MathText, plainMath } from '../MathText';
import { shownTable, type DataTable } from './dataTable';
import styles from './DataDialog.module.css';

/** The numbers of a chart, for reading and for screen readers. */
export function DataDialog(props: {
  readonly title: string;
  readonly table: DataTable;
  readonly onClose: () => void;
}): ReactNode {
  const { title, table, onClose } = props;
  const text = useText();
  const { heads, rows } = useMemo(() => shownTable(table), [table]);
  const isThinned = table.rows > rows.length;
  return (
    <Dialog
      title={<MathText text={title} />}
      description={
        isThinned
          ? text('export.thinned', {
              rows: formatCount(table.rows),
              shown: formatCount(rows.length),
            })
          : undefined
      }
      onClose={onClose}
      wide
    >
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={plainMath(title)}>
        <table className={styles.table}>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  <MathText text={head} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ head, cells }) => (
              <tr key={head}>
                <th scope="row">{head}</th>
                {cells.map((cell, i) => (
                  <td key={i}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Dialog>
  );
}
