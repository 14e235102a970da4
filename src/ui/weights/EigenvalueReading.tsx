import type { ReactNode } from 'react';
import { LARGEST_TURNED } from '../../analysis/turning';
import type { MessageKey } from '../../i18n';
import { useText, type Translate } from '../app/context';
import { formatComplex } from '../charts/complexPlane';
import { formatNumber } from '../charts/format';
import { MathText } from '../charts/MathText';
import type { Blocked } from './eigenvalueGrip';
import styles from './EigenvaluePlot.module.css';
import type { EigenvalueEditing } from './useEigenvalueEditor';

const REASONS: Record<Blocked, MessageKey> = {
  single: 'eigen.single',
  axis: 'eigen.axis',
  onlyReal: 'eigen.onlyReal',
  real: 'eigen.real',
  dependent: 'eigen.dependent',
  large: 'eigen.large',
  zero: 'eigen.zero',
};

function hintFor(size: number, radius: number): MessageKey {
  if (size > 2 && radius === 0) return 'eigen.zero';
  if (size === 1) return 'eigen.dragSingle';
  if (size === 2) return 'eigen.dragPair';
  return size > LARGEST_TURNED ? 'eigen.dragLarge' : 'eigen.dragAll';
}

/** Why an eigenvalue is not where it was pulled to. */
export function blockedText(text: Translate, blocked: Blocked): string {
  return text(REASONS[blocked], { most: LARGEST_TURNED });
}

interface EigenvalueReadingProps {
  /** H */
  readonly size: number;
  readonly editing: EigenvalueEditing;
}

/** Below the plot: the eigenvalue in hand and why it is not where it was pulled to, or what to do. */
export function EigenvalueReading({ size, editing }: EigenvalueReadingProps): ReactNode {
  const text = useText();
  const { eigenvalues, radius, at, blocked } = editing;
  const chosen = at === null ? undefined : eigenvalues[at];
  if (chosen === undefined) {
    // Nothing is promised before the first spectrum is there.
    const hint = eigenvalues.length === 0 ? '' : text(hintFor(size, radius));
    return (
      <p className={styles.reading}>
        <MathText text={hint} />
      </p>
    );
  }
  const reading = text('eigen.value', {
    value: formatComplex(chosen),
    modulus: formatNumber(Math.hypot(...chosen)),
  });
  const reason = blocked === null ? null : blockedText(text, blocked);
  return (
    <p className={styles.reading} aria-live="polite">
      <MathText text={reason === null ? reading : text('eigen.blocked', { reading, reason })} />
    </p>
  );
}
