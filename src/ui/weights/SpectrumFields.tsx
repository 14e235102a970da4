import { useId, useState, type ReactNode } from 'react';
import { scalingRefusal, type Quantity, type ScalingRefusal } from '../../analysis/scaling';
import type { Spectrum } from '../../analysis/spectrum';
import type { MessageKey } from '../../i18n';
import { MAXIMUM_SLOPE } from '../../model/kinds';
import { useAppState, useAppStore, useText } from '../app/context';
import { MathText, plainMath } from '../charts/MathText';
import { useChange } from '../controls/gesture';
import { NumberRow } from '../controls/NumberRow';
import { createScaler, shownQuantity, type Scaled } from './radiusScaling';
import { spectrumLane } from './spectrumClient';
import { useSpectrum } from './useSpectrum';
import { useWeightArray } from './weightArrays';
import styles from './WeightsSection.module.css';

/** Closer than this, the weights' own rounding to float32 decides the side. */
const EQUAL = 1e-5;

/** 0 is left to the gain and to the initialiser: no factor leads back from it. */
const TARGETS = {
  least: 0.001,
  most: 1000,
  step: 0.01,
  whole: false,
  logarithmic: false,
} as const;

const NAMES = {
  spectralRadius: 'weights.radius',
  largestSingularValue: 'weights.sigma',
} as const satisfies Record<Quantity, MessageKey>;
const QUANTITIES: readonly Quantity[] = ['spectralRadius', 'largestSingularValue'];

const REASONS: Record<ScalingRefusal, MessageKey> = {
  zero: 'weights.nothingToScale',
  nilpotent: 'weights.nilpotent',
  negligible: 'weights.negligible',
};

/** ρ and σ_max to set, and the bound γσ_max against 1: below it, the gradient must vanish. */
export function SpectrumFields(): ReactNode {
  const text = useText();
  const store = useAppStore();
  const change = useChange();
  const array = useWeightArray('Wh');
  const activation = useAppState((state) => state.configuration.activation);
  const { spectrum, pending } = useSpectrum(array);
  const [scaled, setScaled] = useState<Scaled | null>(null);
  const [scale] = useState(() =>
    createScaler({
      getConfiguration: () => store.getState().configuration,
      change,
      getSpectrum: ({ values, rows }) =>
        spectrumLane.known(values) ?? spectrumLane.request(values, rows),
      onScaled: setScaled,
    }),
  );
  const shown = (quantity: Quantity) =>
    spectrum === null
      ? null
      : shownQuantity(quantity, spectrum, pending, scaled?.array === array ? scaled : null);
  const sigma = shown('largestSingularValue');
  return (
    <div className={styles.fields} data-pending={pending}>
      {QUANTITIES.map((quantity) => (
        <QuantityRow
          key={quantity}
          quantity={quantity}
          value={shown(quantity)}
          spectrum={spectrum}
          onChange={(target, gesture) => scale(quantity, target, gesture)}
        />
      ))}
      <dl className={styles.readouts}>
        <div className={styles.readout}>
          <dt>
            <MathText text={text('weights.bound')} />
          </dt>
          <dd>{sigma === null ? '…' : boundText(text, MAXIMUM_SLOPE[activation] * sigma)}</dd>
        </div>
      </dl>
    </div>
  );
}

function QuantityRow(props: {
  readonly quantity: Quantity;
  /** null before the first spectrum */
  readonly value: number | null;
  readonly spectrum: Spectrum | null;
  readonly onChange: (target: number, gesture?: string) => void;
}): ReactNode {
  const { quantity, value, spectrum, onChange } = props;
  const text = useText();
  const reasonId = useId();
  const name = text(NAMES[quantity]);
  if (value === null || spectrum === null) {
    return (
      <dl className={styles.readouts}>
        <div className={styles.readout}>
          <dt>
            <MathText text={name} />
          </dt>
          <dd>…</dd>
        </div>
      </dl>
    );
  }
  const refusal = scalingRefusal(spectrum, quantity);
  return (
    <>
      <NumberRow
        name={plainMath(name)}
        label={<MathText text={name} />}
        value={value}
        scale={TARGETS}
        onChange={onChange}
        width={8}
        disabled={refusal !== null}
        {...(refusal !== null && { describedBy: reasonId })}
      />
      {refusal !== null && (
        <p id={reasonId} className={styles.reason}>
          <MathText text={text(REASONS[refusal])} />
        </p>
      )}
    </>
  );
}

function boundText(text: ReturnType<typeof useText>, bound: number): string {
  const side =
    Math.abs(bound - 1) <= EQUAL
      ? 'weights.boundEqual'
      : bound < 1
        ? 'weights.boundBelow'
        : 'weights.boundAbove';
  const value = bound >= 1000 ? bound.toExponential(2) : bound.toFixed(3);
  return text(side, { value });
}
