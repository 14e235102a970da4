import { useMemo, type ReactNode } from 'react';
import type { SingularValuesThroughTime } from '../../../model/analyses';
import { useAppStore, useText } from '../../app/context';
import { formatCount, formatLog2, formatRatio } from '../../charts/format';
import { MathText } from '../../charts/MathText';
import buttons from '../../theme/buttons.module.css';
import { AnalysisFrame } from '../AnalysisFrame';
import { Facts, PanelPart } from '../Panel';
import { useAnalysis } from '../useAnalysis';
import { stateOf, type LagCell, type LagMap } from './lagCells';
import { lagPath, MOST_ROWS, pathPoints } from './lagPath';
import lab from '../lab.module.css';
import styles from './lag.module.css';

interface LagPathPartProps {
  readonly map: LagMap;
  /** The pinned cell */
  readonly cell: LagCell | null;
  readonly batchEntry: number;
  readonly batch: number;
  readonly H: number;
  /** Only a map that is shown now has factors to ask for. */
  readonly isCurrent: boolean;
  readonly onUnpin: () => void;
}

/** The Jacobians between the pinned loss and the step it reaches. */
export function LagPathPart(props: LagPathPartProps): ReactNode {
  const { map, cell, onUnpin } = props;
  const text = useText();
  const store = useAppStore();
  if (cell === null) return <p className={lab.note}>{text('lag.pinHint')}</p>;
  const { s, k } = cell;
  const state = stateOf(map, cell).kind;
  return (
    <PanelPart title={text('lag.path', { s: formatCount(s), k: formatCount(k) })}>
      <div className={styles.buttons}>
        <button
          type="button"
          className={buttons.small}
          onClick={() => store.getState().change({ view: { step: k } })}
        >
          {text('lag.goTo', { k: formatCount(k) })}
        </button>
        <button type="button" className={buttons.small} onClick={onUnpin}>
          {text('lag.unpin')}
        </button>
      </div>
      {s === k ? (
        <p className={lab.note}>
          <MathText text={text('lag.pathNone')} />
        </p>
      ) : state === 'overflow' ? (
        <p className={lab.note}>{text('lag.pathOverflow')}</p>
      ) : (
        <PathAnswer {...props} cell={cell} />
      )}
    </PanelPart>
  );
}

function PathAnswer(props: LagPathPartProps & { readonly cell: LagCell }): ReactNode {
  const { map, cell, batchEntry, batch, H, isCurrent } = props;
  const text = useText();
  const question = {
    kind: 'singularValues',
    from: cell.k,
    to: cell.s,
    points: pathPoints(cell, H),
    batchEntry,
  } as const;
  const analysis = useAnalysis(isCurrent ? question : null);
  if (analysis === null) return <p className={lab.note}>{text('lag.pathStale')}</p>;
  return (
    <>
      {batch > 1 && (
        <p className={lab.note}>
          <MathText text={text('lag.pathBatch', { entry: batchEntry + 1, B: batch })} />
        </p>
      )}
      <AnalysisFrame question={question} analysis={analysis} height="20rem">
        {(values) => <PathTable map={map} cell={cell} values={values} />}
      </AnalysisFrame>
    </>
  );
}

function PathTable(props: {
  readonly map: LagMap;
  readonly cell: LagCell;
  readonly values: SingularValuesThroughTime;
}): ReactNode {
  const { map, cell, values } = props;
  const text = useText();
  const path = useMemo(() => lagPath(map, cell, values), [map, cell, values]);
  const label = text('lag.path', { s: formatCount(cell.s), k: formatCount(cell.k) });
  return (
    <>
      <Facts
        facts={[
          { name: text('lag.pathProduct'), value: formatLog2(path.log2Product) },
          {
            name: text('lag.pathBound'),
            value: path.log2Bound === null ? '–' : `≤ ${formatLog2(path.log2Bound)}`,
          },
        ]}
      />
      <p className={lab.note}>
        <MathText text={text('lag.pathAbout')} />
      </p>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={label}>
        <table className={lab.table}>
          <thead>
            <tr>
              {(['lag.pathStep', 'lag.pathSigma', 'lag.pathRatio', 'lag.pathNorm'] as const).map(
                (key) => (
                  <th key={key} scope="col">
                    <MathText text={text(key)} />
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {path.rows.map(({ t, log2Sigma, log2Ratio, log2Norm, isCut }) => (
              <tr key={t}>
                <th scope="row">
                  {formatCount(t)}
                  {isCut && (
                    <span className={styles.scissors} role="img" aria-label={text('lag.keyCut')}>
                      {' '}
                      ✂
                    </span>
                  )}
                </th>
                <td>{formatLog2(log2Sigma)}</td>
                <td>{Number.isNaN(log2Ratio) ? '–' : formatRatio(log2Ratio)}</td>
                <td>{formatLog2(log2Norm)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {path.length > path.rows.length && (
        <p className={lab.note}>
          {text('lag.pathDecimated', {
            rows: formatCount(MOST_ROWS),
            length: formatCount(path.length),
          })}
        </p>
      )}
    </>
  );
}
