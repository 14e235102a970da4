import { MAXIMUM_SLOPE } from '../../model/kinds';
import { useAppState, useText } from '../app/context';
import { MathText } from '../charts/MathText';
import { useSpectrum } from './useSpectrum';
import { useWeightArray } from './weightArrays';
import styles from './WeightsSection.module.css';

/** Closer than this, the weights' own rounding to float32 decides the side. */
const EQUAL = 1e-5;

/** ρ, σ_max and the bound γσ_max against 1: below it, the gradient must vanish. */
export function SpectrumReadouts() {
  const text = useText();
  const array = useWeightArray('Wh');
  const activation = useAppState((state) => state.configuration.activation);
  const { spectrum, pending } = useSpectrum(array);
  const sigma = spectrum?.largestSingularValue ?? NaN;
  const bound = MAXIMUM_SLOPE[activation] * sigma;
  const side =
    Math.abs(bound - 1) <= EQUAL
      ? 'weights.boundEqual'
      : bound < 1
        ? 'weights.boundBelow'
        : 'weights.boundAbove';
  const rows = [
    ['weights.radius', spectrum === null ? '…' : threeDecimals(spectrum.spectralRadius)],
    ['weights.sigma', spectrum === null ? '…' : threeDecimals(sigma)],
    ['weights.bound', spectrum === null ? '…' : text(side, { value: threeDecimals(bound) })],
  ] as const;
  return (
    <dl className={styles.readouts} data-pending={pending}>
      {rows.map(([key, value]) => (
        <div key={key} className={styles.readout}>
          <dt>
            <MathText text={text(key)} />
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function threeDecimals(value: number): string {
  return value >= 1000 ? value.toExponential(2) : value.toFixed(3);
}
