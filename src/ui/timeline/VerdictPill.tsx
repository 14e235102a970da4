import { useMemo, type ReactNode } from 'react';
import type { Result } from '../../state/types';
import { useResult, useText, type Translate } from '../app/context';
import { formatCount, formatLog2, formatNumber } from '../charts/format';
import buttons from '../theme/buttons.module.css';
import { flowOf, type Flow } from './flow';
import styles from './VerdictPill.module.css';

type Regime = Flow['regime'];

/** Drawn, so that a regime is not told by colour alone. */
const ICONS: Record<Regime, string> = {
  vanishing: 'M2 3.5c3 0 4 7.5 12 8.5',
  stable: 'M2 8h12',
  exploding: 'M2 12c8-1 9-5 12-9.5',
  overflow: 'M8 2 15 14H1zM8 6v4M8 12v.2',
  zero: 'M8 3.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 1 1 0-9z',
  unmeasured: 'M4 8h1M8 8h.5M12 8h.5',
};

/** What becomes of the gradient on its way back, always in sight. */
export function VerdictPill(): ReactNode {
  const result = useResult();
  const text = useText();
  const summary = result?.summary ?? null;
  const flow = useMemo(() => (result === null ? null : flowOf(result)), [result]);
  if (flow === null || summary === null) {
    return <span className={styles.pill} data-regime="unmeasured" aria-hidden="true" />;
  }
  const { regime, cutAt } = flow;
  return (
    <>
      <span className={styles.pill} data-regime={regime} title={hintOf(flow, text)}>
        <svg className={styles.icon} viewBox="0 0 16 16" aria-hidden="true">
          <path d={ICONS[regime]} />
        </svg>
        {cutAt !== null && regime !== 'overflow' && (
          <span className={styles.cut}>
            <span aria-hidden="true">✂ </span>
            {text('verdict.cutAt', { step: formatCount(cutAt) })}
          </span>
        )}
        <span className={styles.word}>{text(`verdict.${regime}`)}</span>
        <Figures flow={flow} overflowAt={summary.overflowAt} />
      </span>
      <Announcement flow={flow} result={result} />
    </>
  );
}

function Figures(props: { readonly flow: Flow; readonly overflowAt: number | null }): ReactNode {
  const { regime, log2Factor } = props.flow;
  const text = useText();
  if (regime === 'overflow') {
    return <b>{text('verdict.at', { step: formatCount(props.overflowAt ?? 0) })}</b>;
  }
  if (log2Factor === null || regime === 'zero' || regime === 'unmeasured') return null;
  const steps = formatSteps(Math.abs(1 / log2Factor));
  return (
    <>
      <b>{text('verdict.factor', { factor: `×${formatLog2(log2Factor)}` })}</b>
      {regime !== 'stable' && (
        <span className={styles.more}>
          {text(regime === 'vanishing' ? 'verdict.halves' : 'verdict.doubles')}{' '}
          <b>{text('verdict.steps', { count: steps })}</b>
        </span>
      )}
    </>
  );
}

function formatSteps(steps: number): string {
  return steps < 100 ? formatNumber(steps, 2) : formatCount(steps);
}

function hintOf({ gammaSigma }: Flow, text: Translate): string {
  return gammaSigma === null
    ? text('verdict.hintPlain')
    : text('verdict.hint', { bound: formatNumber(gammaSigma) });
}

/**
 * For screen readers: the text changes only with the regime, so that dragging a slider is not a
 * torrent of numbers; the factor is the one at the change.
 */
function Announcement({ flow, result }: { readonly flow: Flow; readonly result: Result | null }): ReactNode {
  const text = useText();
  const { regime } = flow;
  const key = `verdict.announce${regime.charAt(0).toUpperCase()}${regime.slice(1)}` as AnnouncementKey;
  return (
    <span className={buttons.visuallyHidden} role="status">
      {text(key, { step: result?.summary.overflowAt ?? 0 })}
    </span>
  );
}

type AnnouncementKey = `verdict.announce${Capitalize<Regime>}`;
