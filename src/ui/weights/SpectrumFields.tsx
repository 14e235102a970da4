import { useId, useState, type ReactNode } from 'react';
import { scalingRefusal, type Quantity, type ScalingRefusal } from '../../analysis/scaling';
import type { MessageKey } from '../../i18n';
import { MAXIMUM_SLOPE } from '../../model/kinds';
import { useAppState, useAppStore, useText } from '../app/context';
import { useLasting } from '../app/useLasting';
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
  const id = useId();
  const store = useAppStore();
  const change = useChange();
  const array = useWeightArray('Wh');
  const activation = useAppState((state) => state.configuration.activation);
  const { spectrum, pending } = useSpectrum(array);
  const isLate = useLasting(pending, 250);
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
  if (spectrum === null) return <Waiting />;
  const mine = scaled?.array === array ? scaled : null;
  const shown = (quantity: Quantity) => shownQuantity(quantity, spectrum, pending, mine);
  const refusals = QUANTITIES.map((quantity) => scalingRefusal(spectrum, quantity));
  const bound = MAXIMUM_SLOPE[activation] * shown('largestSingularValue');
  return (
    <div className={styles.fields} data-pending={isLate}>
      {QUANTITIES.map((quantity, i) => (
        <NumberRow
          key={quantity}
          name={plainMath(text(NAMES[quantity]))}
          label={<MathText text={text(NAMES[quantity])} />}
          value={shown(quantity)}
          scale={TARGETS}
          onChange={(target, gesture) => scale(quantity, target, gesture)}
          width={8}
          disabled={refusals[i] !== null}
          {...(refusals[i] !== null && { describedBy: `${id}-${refusals[i]}` })}
        />
      ))}
      {refusals
        .filter((refusal, i) => refusal !== null && refusals.indexOf(refusal) === i)
        .map((refusal) => (
          <p key={refusal} id={`${id}-${refusal}`} className={styles.reason}>
            <MathText text={text(REASONS[refusal!])} />
          </p>
        ))}
      <Readout name={text('weights.bound')} value={boundText(text, bound)} />
    </div>
  );
}

/** The same rows before the first spectrum, so that nothing moves when it comes. */
function Waiting(): ReactNode {
  const text = useText();
  return (
    <div className={styles.fields}>
      {(['weights.radius', 'weights.sigma', 'weights.bound'] as const).map((key) => (
        <Readout key={key} name={text(key)} value="…" />
      ))}
    </div>
  );
}

function Readout({ name, value }: { readonly name: string; readonly value: string }): ReactNode {
  return (
    <dl className={styles.readout}>
      <dt>
        <MathText text={name} />
      </dt>
      <dd>
        <span>{value}</span>
      </dd>
    </dl>
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
