import type { ReactNode } from 'react';
import type { CheckLevel } from '../../../model/analyses';
import { useText } from '../../app/context';
import { formatCount, formatNumber } from '../../charts/format';
import { MathText } from '../../charts/MathText';
import { AnalysisFrame } from '../AnalysisFrame';
import { PanelPart } from '../Panel';
import { useAnalysis } from '../useAnalysis';
import lab from '../lab.module.css';

const IDENTITY = { kind: 'lagIdentity' } as const;
const MARKS: Record<CheckLevel, string> = { good: '✓', fair: '!', bad: '✗' };

/** good ≤ 1e-4 < fair ≤ 1e-2 < bad, as everywhere; NaN is bad. */
export function identityLevel(relativeError: number): CheckLevel {
  if (relativeError <= 1e-4) return 'good';
  return relativeError <= 1e-2 ? 'fair' : 'bad';
}

/** The losses sent back one by one must add up to the gradient that one backward pass gives. */
export function LagIdentity(): ReactNode {
  const text = useText();
  const analysis = useAnalysis(IDENTITY);
  return (
    <PanelPart title={text('lag.identity')}>
      <p className={lab.note}>
        <MathText text={text('lag.identityAbout')} />
      </p>
      {analysis.error?.code === 'too-large' ? (
        <p className={lab.note}>{text('lag.identityTooLarge')}</p>
      ) : (
        <AnalysisFrame question={IDENTITY} analysis={analysis} height="3rem">
          {({ relativeError, losses }) =>
            losses === 0 ? (
              <p>{text('lag.identityNone')}</p>
            ) : (
              <IdentityLine level={identityLevel(relativeError)} error={relativeError}>
                {text('lag.identityLosses', { losses: formatCount(losses) })}
              </IdentityLine>
            )
          }
        </AnalysisFrame>
      )}
    </PanelPart>
  );
}

function IdentityLine(props: {
  readonly level: CheckLevel;
  readonly error: number;
  readonly children: ReactNode;
}): ReactNode {
  const text = useText();
  return (
    <p className={lab.verdict} data-level={props.level}>
      <b>
        {MARKS[props.level]} {formatNumber(props.error, 2)}
      </b>{' '}
      {text(props.level === 'bad' ? 'lag.identityBad' : 'lag.identityGood')} {props.children}
    </p>
  );
}
