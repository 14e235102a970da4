import type { ReactNode } from 'react';
import type { CrossCheck, DifferenceCheck } from '../../../model/analyses';
import type { Shape } from '../../../model/problem';
import { useText } from '../../app/context';
import { formatNumber } from '../../charts/format';
import { MathText } from '../../charts/MathText';
import buttons from '../../theme/buttons.module.css';
import { AnalysisFrame } from '../AnalysisFrame';
import { PanelPart } from '../Panel';
import { ElementName } from './ElementName';
import { CHECK_NOTATION, MARKS, placeInWords } from './notation';
import { useDifferences } from './useCheck';
import styles from './check.module.css';
import lab from '../lab.module.css';

/** The engine's gradients against central differences, on request. */
export function Differences(): ReactNode {
  const text = useText();
  const { question, analysis, missing, request } = useDifferences();
  return (
    <PanelPart title={text('check.differences')}>
      <p className={lab.formula}>
        <MathText text={text('check.differencesFormula')} />
      </p>
      <p className={lab.note}>
        <MathText text={text('check.differencesAbout')} />
      </p>
      {missing === 'onRequest' && (
        <button type="button" className={`${buttons.button} ${styles.action}`} onClick={request}>
          {text('check.differencesNow')}
        </button>
      )}
      {missing === 'tooLarge' && <p className={lab.note}>{text('check.differencesTooLarge')}</p>}
      {question !== null && analysis !== null && (
        <AnalysisFrame question={question} analysis={analysis} height="40rem">
          {(check, about) => <DifferenceTable check={check} shape={about.problem} />}
        </AnalysisFrame>
      )}
    </PanelPart>
  );
}

function DifferenceTable(props: { readonly check: CrossCheck; readonly shape: Shape }): ReactNode {
  const text = useText();
  const { check, shape } = props;
  const rows = check.differences ?? [];
  const hasParted = check.mode === 'ownStates';
  return (
    <>
      <table className={styles.table} data-differences>
        <thead>
          <tr>
            <th scope="col">{text('check.array')}</th>
            <th scope="col">{text('check.differenceValues')}</th>
            <th scope="col">{text('check.error')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <DifferenceRow
              key={`${row.array} ${row.index}`}
              row={row}
              shape={shape}
              hasParted={hasParted}
            />
          ))}
        </tbody>
      </table>
      {rows.some(({ level }) => level === null) && (
        <p className={lab.note}>{text('check.unknownNote')}</p>
      )}
    </>
  );
}

function DifferenceRow(props: {
  readonly row: DifferenceCheck;
  readonly shape: Shape;
  readonly hasParted: boolean;
}): ReactNode {
  const text = useText();
  const { row, shape, hasParted } = props;
  const { array, index, level } = row;
  const uncertainty = `±${formatNumber(row.uncertainty, 1)}`;
  const reason = hasParted ? text('check.parted') : text('check.uncertain', { uncertainty });
  return (
    <tr data-level={level ?? 'unknown'} title={level === null ? reason : undefined}>
      <th scope="row">
        <span className={styles.mark}>{MARKS[level ?? 'unknown']}</span>{' '}
        {level === null && <span className={buttons.visuallyHidden}>{reason}</span>}
        <span className={styles.symbol}>
          <MathText text={CHECK_NOTATION[array]} />
        </span>
        <span className={styles.place} title={placeInWords(text, array, index, shape)}>
          <ElementName array={array} index={index} shape={shape} />
        </span>
      </th>
      <td>
        <div>{formatNumber(row.difference, 5)}</div>
        <div className={styles.soft}>{formatNumber(row.gradient, 5)}</div>
      </td>
      <td className={styles.error}>
        <div>{formatNumber(row.error, 2)}</div>
        <div className={styles.soft}>{uncertainty}</div>
      </td>
    </tr>
  );
}
