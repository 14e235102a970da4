import { useState, type ReactNode } from 'react';
import { useResult, useText } from '../../app/context';
import type { Result } from '../../../state/types';
import { Panel } from '../Panel';
import { CriticalPart } from './CriticalPart';
import { EigenvaluePart } from './EigenvaluePart';
import { exponentsCost, exponentsCounted } from './cost';
import { LyapunovPart } from './LyapunovPart';
import { usePermission } from './OnRequest';
import { ThroughTimePart } from './ThroughTimePart';
import styles from '../lab.module.css';

/** Points of the convergence plot */
const POINTS = 128;

/** What one step's Jacobian, the product of many, and their long run do to small changes. */
export function SpectrumPanel(): ReactNode {
  const text = useText();
  const result = useResult();
  const last = result === null ? 0 : lastStep(result);
  return (
    <Panel
      title={text('spectrum.title')}
      formula={text('spectrum.formula')}
      about={text('spectrum.about')}
    >
      <EigenvaluePart />
      {result !== null &&
        (last < 1 ? (
          <p className={styles.note}>{text('spectrum.nothing')}</p>
        ) : (
          <Trajectory result={result} last={last} />
        ))}
    </Panel>
  );
}

/** The parts that need a trajectory; the last two share one answer. */
function Trajectory(props: { readonly result: Result; readonly last: number }): ReactNode {
  const { result, last } = props;
  const { H, T } = result.problem;
  const { batchEntry } = result.step;
  const [chosenSkip, setSkip] = useState(0);
  const skip = Math.min(chosenSkip, last - 1);
  const count = exponentsCounted(H, T);
  const cost = exponentsCost(H, T, count);
  const permission = usePermission(cost);
  const question = permission.isGiven
    ? ({ kind: 'lyapunovPath', skip, count, points: POINTS, batchEntry } as const)
    : null;
  return (
    <>
      <ThroughTimePart result={result} last={last} />
      <LyapunovPart
        question={question}
        cost={cost}
        permission={permission}
        skip={skip}
        mostSkip={last - 1}
        onSkip={setSkip}
      />
      <CriticalPart result={result} question={question} />
    </>
  );
}

/** The last step with a state: T, or the one before an overflow. */
function lastStep({ summary, problem }: Result): number {
  return summary.overflowAt === null ? problem.T : summary.overflowAt - 1;
}
