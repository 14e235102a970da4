import { useState, type ReactNode } from 'react';
import { LAG_MAP_MOST_STEPS } from '../../../engine/interface';
import type { Result } from '../../../state/types';
import { useAppStore, useResult, useText } from '../../app/context';
import { formatCount, formatNumber } from '../../charts/format';
import buttons from '../../theme/buttons.module.css';
import { AnalysisFrame } from '../AnalysisFrame';
import { Panel } from '../Panel';
import { useAnalysis } from '../useAnalysis';
import { LagIdentity } from './LagIdentity';
import { isSparse, lagSeconds, QUIET_STEPS } from './lagSize';
import { LagView } from './LagView';
import lab from '../lab.module.css';
import styles from './lag.module.css';

const LAG = { kind: 'lag' } as const;

/** How far each loss reaches back. */
export function LagPanel(): ReactNode {
  const text = useText();
  const result = useResult();
  /** The length for which a long map was asked for */
  const [wanted, setWanted] = useState(0);
  const T = result?.problem.T ?? 0;
  return (
    <Panel title={text('lag.title')} formula={text('lag.formula')} about={text('lag.about')}>
      {result !== null && isSparse(result.problem.lossWeights) && (
        <Sparse isEmpty={result.problem.lossWeights.every((weight) => weight === 0)} />
      )}
      {T > LAG_MAP_MOST_STEPS ? (
        <TooLong T={T} />
      ) : T > QUIET_STEPS && T !== wanted ? (
        <OnRequest result={result!} onCompute={() => setWanted(T)} />
      ) : (
        T > 0 && <LagAnswer />
      )}
    </Panel>
  );
}

function LagAnswer(): ReactNode {
  const analysis = useAnalysis(LAG);
  return (
    <>
      <AnalysisFrame question={LAG} analysis={analysis} height="34rem">
        {({ log2Norm }, about) => (
          <LagView log2Norm={log2Norm} about={about} isCurrent={analysis.isCurrent} />
        )}
      </AnalysisFrame>
      <LagIdentity />
    </>
  );
}

/** The map has a row per loss: with few losses there is little to see. */
function Sparse({ isEmpty }: { readonly isEmpty: boolean }): ReactNode {
  const text = useText();
  const store = useAppStore();
  return (
    <div className={lab.offer}>
      <p>{text(isEmpty ? 'lag.empty' : 'lag.sparse')}</p>
      <button
        type="button"
        className={buttons.small}
        onClick={() => store.getState().change({ lossPlacement: 'every' })}
      >
        {text('lag.everyStep')}
      </button>
    </div>
  );
}

function TooLong({ T }: { readonly T: number }): ReactNode {
  const text = useText();
  const store = useAppStore();
  return (
    <div className={lab.offer}>
      <p>{text('lag.tooLong', { T: formatCount(T), most: formatCount(LAG_MAP_MOST_STEPS) })}</p>
      <button
        type="button"
        className={buttons.small}
        onClick={() => store.getState().change({ T: QUIET_STEPS })}
      >
        {text('lag.shorten', { T: formatCount(QUIET_STEPS) })}
      </button>
    </div>
  );
}

function OnRequest(props: { readonly result: Result; readonly onCompute: () => void }): ReactNode {
  const text = useText();
  const { problem, summary } = props.result;
  const seconds = lagSeconds(problem, summary.adapter.software);
  return (
    <div className={lab.offer}>
      <p>
        {text('lag.onRequest', {
          cells: formatCount((problem.T * (problem.T + 1)) / 2),
          seconds: seconds < 1 ? '< 1' : formatCount(Number(seconds.toPrecision(1))),
        })}
      </p>
      <button type="button" className={buttons.button} onClick={props.onCompute}>
        {text('lag.compute')}
      </button>
      <p className={styles.note}>{text('lag.quiet', { most: formatNumber(QUIET_STEPS, 4) })}</p>
    </div>
  );
}
