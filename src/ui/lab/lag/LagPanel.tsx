import { useState, type ReactNode } from 'react';
import { lagCurve, lagHolding } from '../../analysis/lagMap';
import { useResult, useText } from '../app/context';
import { formatCount, formatLog2, formatNumber } from '../charts/format';
import { MathText } from '../charts/MathText';
import { AnalysisFrame } from './AnalysisFrame';
import { LagTriangle, type LagCell } from './LagTriangle';
import { useAnalysis } from './useAnalysis';
import styles from './lab.module.css';

/** Beyond this many steps the map is not computed by itself on every edit. */
const MOST_STEPS = 1024;

const LAG = { kind: 'lag' } as const;
const IDENTITY = { kind: 'lagIdentity' } as const;

/** How far each loss reaches back. */
export function LagPanel(): ReactNode {
  const text = useText();
  const T = useResult()?.problem.T ?? 0;
  return (
    <div className={styles.panel}>
      <h2>{text('lag.title')}</h2>
      <p className={styles.note}>
        <MathText text={text('lag.about')} />
      </p>
      {T > MOST_STEPS ? (
        <p>{text('lag.tooLong', { T: formatCount(T), most: formatCount(MOST_STEPS) })}</p>
      ) : (
        T > 0 && <LagAnswer />
      )}
    </div>
  );
}

function LagAnswer(): ReactNode {
  const text = useText();
  const analysis = useAnalysis(LAG);
  const identity = useAnalysis(IDENTITY);
  return (
    <>
      <AnalysisFrame question={LAG} analysis={analysis}>
        {({ log2Norm }) => <LagView log2Norm={log2Norm} />}
      </AnalysisFrame>
      <AnalysisFrame question={IDENTITY} analysis={identity}>
        {({ relativeError }) => (
          <p>
            <MathText text={text('lag.identity', { error: formatNumber(relativeError, 2) })} />
          </p>
        )}
      </AnalysisFrame>
    </>
  );
}

function LagView({ log2Norm }: { readonly log2Norm: Float64Array }): ReactNode {
  const text = useText();
  const T = Math.round(Math.sqrt(log2Norm.length));
  const [cell, setCell] = useState<LagCell>({ s: T, k: 1 });
  const s = Math.min(cell.s, T);
  const k = Math.min(cell.k, s);
  const curve = lagCurve(log2Norm, T);
  const holding = lagHolding(curve, 0.9);
  const lags = [...new Set([0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, T - 1])].filter((v) => v < T);
  return (
    <div className={styles.answer}>
      <LagTriangle log2Norm={log2Norm} T={T} cell={{ s, k }} onCell={setCell} />
      <p role="status">
        {text('lag.reading', {
          s: formatCount(s),
          k: formatCount(k),
          value: formatLog2(log2Norm[(s - 1) * T + k - 1]!),
        })}
      </p>
      {holding !== null && <p>{text('lag.holding', { lag: formatCount(holding) })}</p>}
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{text('lag.lag')}</th>
            <th scope="col">{text('lag.mean')}</th>
            <th scope="col">{text('lag.cumulative')}</th>
          </tr>
        </thead>
        <tbody>
          {lags.map((lag) => (
            <tr key={lag}>
              <th scope="row">{formatCount(lag)}</th>
              <td>{formatLog2(curve.log2Mean[lag]!)}</td>
              <td>{formatNumber(100 * curve.cumulative[lag]!)} %</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
