import { useState, type ReactNode } from 'react';
import type { Result } from '../../../state/types';
import { useAppStore, useText } from '../../app/context';
import { formatCount } from '../../charts/format';
import { MathText } from '../../charts/MathText';
import { NumberRow } from '../../controls/NumberRow';
import { wholeScale } from '../../controls/numberScale';
import buttons from '../../theme/buttons.module.css';
import { AnalysisFrame } from '../AnalysisFrame';
import styles from '../lab.module.css';
import { Equations, PanelPart } from '../Panel';
import { samplesFor, singularValuesCost } from './cost';
import { OnRequest, usePermission } from './OnRequest';
import { SingularValueCharts } from './SingularValueCharts';
import own from './spectrum.module.css';
import { useKeptAnalysis } from '../useKeptAnalysis';

interface ThroughTimePartProps {
  readonly result: Result;
  /** The last step with a state */
  readonly last: number;
}

/** Singular values of the running product from a chosen step on, and of every factor. */
export function ThroughTimePart({ result, last }: ThroughTimePartProps): ReactNode {
  const text = useText();
  const store = useAppStore();
  const [chosen, setFrom] = useState(0);
  const from = Math.min(chosen, last - 1);
  const { H, T } = result.problem;
  // The whole length, so that another start does not need another permission.
  const cost = singularValuesCost(H, last);
  const permission = usePermission(cost);
  const kept = useKeptAnalysis(
    permission.isGiven
      ? ({
          kind: 'singularValues',
          from,
          to: last,
          points: samplesFor(H, last - from),
          batchEntry: result.step.batchEntry,
        } as const)
      : null,
  );
  return (
    <PanelPart title={text('spectrum.time')}>
      <p className={own.formula}>
        <Equations text={text('spectrum.timeFormula')} />
      </p>
      <p className={styles.note}>
        <MathText text={text('spectrum.timeAbout')} />
      </p>
      {last < T && <p className={own.warning}>{text('spectrum.overflow', { step: last + 1 })}</p>}
      <NumberRow
        name={text('spectrum.from')}
        label={<MathText text={text('spectrum.fromLabel')} />}
        value={from}
        scale={wholeScale({ least: 0, most: last - 1 })}
        onChange={setFrom}
      />
      {last > 1 && (
        <div className={own.controls}>
          <button type="button" className={buttons.small} onClick={() => setFrom(0)}>
            {text('spectrum.fromStart')}
          </button>
          <button
            type="button"
            className={buttons.small}
            onClick={() => setFrom(store.getState().configuration.view.step)}
          >
            {text('spectrum.fromPlayhead', {
              step: formatCount(Math.min(result.configuration.view.step, last - 1)),
            })}
          </button>
        </div>
      )}
      {kept === null ? (
        <OnRequest cost={cost} permission={permission} />
      ) : (
        <AnalysisFrame question={kept.asked} analysis={kept.analysis} height="36rem">
          {(value, about) => (
            <SingularValueCharts value={value} from={kept.answered.from} about={about} />
          )}
        </AnalysisFrame>
      )}
    </PanelPart>
  );
}
