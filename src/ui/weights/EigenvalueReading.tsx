import type { ReactNode } from 'react';
import { LARGEST_TURNED } from '../../analysis/turning';
import type { MessageKey } from '../../i18n';
import { useText } from '../app/context';
import { formatComplex } from '../charts/complexPlane';
import { formatNumber } from '../charts/format';
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

function hintFor(size: number): MessageKey {
  if (size === 1) return 'eigen.dragSingle';
  if (size === 2) return 'eigen.dragPair';
  return size > LARGEST_TURNED ? 'eigen.dragLarge' : 'eigen.dragAll';
}

interface EigenvalueReadingProps {
  /** H */
  readonly size: number;
  readonly editing: EigenvalueEditing;
}

/** Below the plot: the eigenvalue in hand and why it is not where it was pulled to, or what to do. */
export function EigenvalueReading({ size, editing }: EigenvalueReadingProps): ReactNode {
  const text = useText();
  const { chosen, blocked } = editing;
  if (chosen === null) {
    return <p className={styles.reading}>{text(hintFor(size))}</p>;
  }
  return (
    <p className={styles.reading} aria-live="polite">
      {text('eigen.value', {
        value: formatComplex(chosen),
        modulus: formatNumber(Math.hypot(...chosen)),
      })}
      {blocked !== null && ` ${text(REASONS[blocked], { most: LARGEST_TURNED })}`}
    </p>
  );
}
