import { useState, type ReactNode } from 'react';
import type { ArrayCheck, CheckLevel, CrossCheck } from '../../model/analyses';
import type { Shape } from '../../model/problem';
import { useResult, useText } from '../app/context';
import { formatNumber } from '../charts/format';
import { MathText } from '../charts/MathText';
import buttons from '../theme/buttons.module.css';
import { AnalysisFrame } from './AnalysisFrame';
import { elementPosition } from './position';
import { useAnalysis } from './useAnalysis';
import styles from './lab.module.css';

const MARKS: Record<CheckLevel, string> = { good: '✓', fair: '!', bad: '✗' };

/** The engine's numbers against the float64 reference, array by array. */
export function CheckPanel(): ReactNode {
  const text = useText();
  const [differences, setDifferences] = useState(false);
  const question = { kind: 'check', ...(differences && { differences }) } as const;
  const analysis = useAnalysis(question);
  const shape = useResult()?.summary.shape ?? null;
  return (
    <div className={styles.panel}>
      <h2>{text('check.title')}</h2>
      <p className={styles.note}>
        <MathText text={text('check.about')} />
      </p>
      <AnalysisFrame question={question} analysis={analysis}>
        {(check) => shape !== null && <CheckTables check={check} shape={shape} />}
      </AnalysisFrame>
      {!differences && (
        <button type="button" className={buttons.button} onClick={() => setDifferences(true)}>
          {text('check.differences')}
        </button>
      )}
    </div>
  );
}

function CheckTables(props: { readonly check: CrossCheck; readonly shape: Shape }): ReactNode {
  const { check, shape } = props;
  const text = useText();
  const exponent = check.largestExponent === null ? '–' : formatNumber(check.largestExponent);
  return (
    <>
      <p className={styles.verdict} data-level={check.worst.level}>
        <b>
          {MARKS[check.worst.level]} {formatNumber(check.worst.error, 2)}
        </b>{' '}
        {text(`check.${check.worst.level}`)}
      </p>
      <p className={styles.note}>
        <MathText text={text(`check.${check.mode}`, { exponent })} />
      </p>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              {(['array', 'error', 'where', 'engine', 'reference'] as const).map((key) => (
                <th key={key} scope="col">
                  {text(`check.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {check.arrays.map((row) => (
              <ArrayRow key={row.array} row={row} shape={shape} />
            ))}
          </tbody>
        </table>
      </div>
      {check.differences !== null && <Differences check={check} shape={shape} />}
    </>
  );
}

function ArrayRow({ row, shape }: { readonly row: ArrayCheck; readonly shape: Shape }): ReactNode {
  return (
    <tr data-level={row.level}>
      <th scope="row">
        {MARKS[row.level]} {row.array}
      </th>
      <td>{formatNumber(row.error, 2)}</td>
      <td>{elementPosition(row.array, row.index, shape)}</td>
      <td>{formatNumber(row.engine, 4)}</td>
      <td>{formatNumber(row.reference, 4)}</td>
    </tr>
  );
}

function Differences(props: { readonly check: CrossCheck; readonly shape: Shape }): ReactNode {
  const text = useText();
  return (
    <>
      <h3>{text('check.differences')}</h3>
      <p className={styles.note}>
        <MathText text={text('check.differencesAbout')} />
      </p>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              {(['array', 'where', 'difference', 'gradient', 'error'] as const).map((key) => (
                <th key={key} scope="col">
                  {text(`check.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {props.check.differences!.map((row) => (
              <tr key={`${row.array} ${row.index}`} data-level={row.level ?? 'none'}>
                <th scope="row">
                  {row.level === null ? '?' : MARKS[row.level]} {row.array}
                </th>
                <td>{elementPosition(row.array, row.index, props.shape)}</td>
                <td>{formatNumber(row.difference, 4)}</td>
                <td>{formatNumber(row.gradient, 4)}</td>
                <td>{formatNumber(row.error, 2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
