import { useState, type ReactNode } from 'react';
import type { StepDetail } from '../../engine/interface';
import { useText } from '../app/context';
import { formatNumber, formatScaled } from '../charts/format';
import { MathText } from '../charts/MathText';
import buttons from '../theme/buttons.module.css';
import { unitRows, type Scaled } from './stepNumbers';
import styles from './Inspector.module.css';

const FIRST = 12;
const HEADS = ['*a*', '*h*', '*f* ′', '*e*', '*δ*'];

/** The step's vectors, one row per unit. */
export function UnitTable({ step }: { readonly step: StepDetail }): ReactNode {
  const [all, setAll] = useState(false);
  const text = useText();
  const H = step.state.length;
  const rows = unitRows(step, all ? H : FIRST);
  return (
    <>
      <div
        className={styles.scroll}
        tabIndex={0}
        role="region"
        aria-label={text('inspector.units')}
      >
        <table className={styles.units}>
          <thead>
            <tr>
              <th scope="col">{text('inspector.unit')}</th>
              {HEADS.map((head) => (
                <th key={head} scope="col">
                  <MathText text={head} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, unit) => (
              <tr key={unit}>
                <th scope="row">{unit + 1}</th>
                <td>{plainCell(row.preActivation)}</td>
                <td>{plainCell(row.state)}</td>
                <td>{formatScaled(row.slope.mantissa, row.slope.exponent)}</td>
                <td>{scaledCell(row.stateGradient)}</td>
                <td>{scaledCell(row.errorSignal)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {H > FIRST && (
        <button
          type="button"
          className={buttons.small}
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all
            ? text('inspector.showFewer', { count: FIRST })
            : text('inspector.showAll', { count: H })}
        </button>
      )}
    </>
  );
}

/** Six columns stand in a narrow panel: a power of ten takes the place of digits. */
function plainCell(value: number): string {
  const isShort = value === 0 || (Math.abs(value) >= 0.1 && Math.abs(value) < 1e4);
  return formatNumber(value, isShort ? 3 : 2);
}

/** log2 of 10⁹⁹⁹: from there on an exponent has four digits */
const LONG_EXPONENT = 3318;

function scaledCell({ mantissa, exponent }: Scaled): string {
  return formatScaled(mantissa, exponent, Math.abs(exponent) > LONG_EXPONENT ? 1 : 2);
}
