import type { ReactNode } from 'react';
import { useAppStore, useResult, useText, type Translate } from '../app/context';
import { useLasting } from '../app/useLasting';
import { useOvertaken } from '../app/useOvertaken';
import { whatStops } from '../../model/links';
import { formatCount, formatNumber } from '../charts/format';
import buttons from '../theme/buttons.module.css';
import type { FloatFormat } from '../../analysis/floatFormats';
import type { GradientFlow } from '../../analysis/gradientFlow';
import { formatSteps, regimeOf, type Regime } from './flow';
import { showChosenTab } from '../lab/LabTabs';
import { useFlow } from './useFlow';
import styles from './VerdictPill.module.css';

type Shown = Regime | 'measuring';

/** Drawn, so that a regime is not told by colour alone. */
const ICONS: Record<Shown, string> = {
  vanishing: 'M2 3.5c3 0 4 7.5 12 8.5',
  stable: 'M2 8h12',
  exploding: 'M2 12c8-1 9-5 12-9.5',
  overflow: 'M8 2 15 14H1zM8 6v4M8 12v.2',
  zero: 'M8 3.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 1 1 0-9z',
  none: 'M8 3.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 1 1 0-9z',
  unmeasured: 'M4 8h1M8 8h.5M12 8h.5',
  measuring: 'M4 8h1M8 8h.5M12 8h.5',
};

/** What becomes of the gradient on its way back, always in sight; opens the panel about it. */
export function VerdictPill(): ReactNode {
  const result = useResult();
  const { flow, isCurrent } = useFlow();
  const text = useText();
  const open = useOpenPanel();
  const isOvertaken = useOvertaken();
  const isStale = useLasting(!isCurrent, 300) || isOvertaken;
  if (result === null) return <span className={styles.pill} aria-hidden="true" />;
  const regime = flow === null ? 'measuring' : regimeOf(flow);
  const hint = flow === null ? text('verdict.measuringHint') : hintOf(flow, text);
  return (
    <button
      type="button"
      className={styles.pill}
      data-regime={regime}
      data-stale={isStale}
      title={hint}
      // A click without a count came from the keyboard.
      onClick={({ detail }) => open(detail === 0)}
    >
      <svg className={styles.icon} viewBox="0 0 16 16" aria-hidden="true">
        <path d={ICONS[regime]} />
      </svg>
      {flow !== null && flow.lastCut !== null && regime !== 'overflow' && (
        <span className={styles.cut}>
          <StopWords step={flow.lastCut} />
        </span>
      )}
      <span className={styles.word}>{text(`verdict.${regime}`)}</span>
      {flow !== null && <Figures flow={flow} />}
      <span className={buttons.visuallyHidden}>
        {hint} {text('verdict.opens')}
      </span>
    </button>
  );
}

/** Opens the panel and brings its tab into sight, where it is below the tracks, too. */
function useOpenPanel(): (byKeyboard: boolean) => void {
  const store = useAppStore();
  return (byKeyboard) => {
    store.getState().change({ view: { panel: 'flow' } });
    requestAnimationFrame(() => showChosenTab(byKeyboard));
  };
}

function Figures({ flow }: { readonly flow: GradientFlow }): ReactNode {
  const text = useText();
  const { kind, factor, overflowAt, zeroAt, halfLife, doublingTime } = flow;
  if (overflowAt !== null) return <b>{text('verdict.at', { step: formatCount(overflowAt) })}</b>;
  if (kind === 'zero' && zeroAt !== null) {
    return <b>{text('verdict.zeroFrom', { step: formatCount(zeroAt) })}</b>;
  }
  if (factor === null || kind === 'zero') return null;
  const time = kind === 'vanishing' ? halfLife : kind === 'exploding' ? doublingTime : null;
  return (
    <>
      <b>{text('verdict.factor', { factor: `×${formatNumber(factor)}` })}</b>
      {time !== null && (
        <span className={styles.more}>
          {text(kind === 'vanishing' ? 'verdict.halves' : 'verdict.doubles')}{' '}
          <b>{text('verdict.steps', { count: formatSteps(time) })}</b>
        </span>
      )}
    </>
  );
}

function hintKey({ measuredOn, hasScaledLinks }: GradientFlow) {
  if (measuredOn === 'gradient') return 'verdict.hint';
  return hasScaledLinks ? 'verdict.hintScaled' : 'verdict.hintUnitError';
}

/** How it was measured, the bound, and which number formats would have lost the gradient. */
function hintOf(flow: GradientFlow, text: Translate): string {
  const lines = [
    text(hintKey(flow), {
      bound: formatNumber(flow.bound.factor),
      step: formatCount(flow.to),
    }),
  ];
  for (const format of ['float16', 'bfloat16', 'float32'] as const satisfies FloatFormat[]) {
    const { subnormalAt, zeroAt, infiniteAt } = flow.formats[format];
    if (infiniteAt !== null) {
      lines.push(text('verdict.formatInfinite', { format, step: formatCount(infiniteAt) }));
    } else if (zeroAt !== null) {
      lines.push(text('verdict.formatZero', { format, step: formatCount(zeroAt) }));
    } else if (subnormalAt !== null) {
      lines.push(text('verdict.formatSubnormal', { format, step: formatCount(subnormalAt) }));
    }
  }
  return lines.join('\n');
}

/** Where the stretch begins, if not at step 1, and why. */
function StopWords({ step }: { readonly step: number }): ReactNode {
  const text = useText();
  const problem = useResult()?.problem ?? null;
  const stop = problem === null ? 'cut' : whatStops(problem, step);
  return (
    <>
      {stop === 'cut' && <span aria-hidden="true">✂ </span>}
      {text(`verdict.${stop}At`, { step: formatCount(step) })}
    </>
  );
}
