import { scalingRefusal, type Quantity } from '../../analysis/scaling';
import type { Spectrum } from '../../analysis/spectrum';
import type { Configuration } from '../../model/configuration';
import type { ConfigurationChange } from '../../state/types';
import {
  changeByFactor,
  sameRecurrentWeights,
  weightArrayOf,
  type WeightArray,
} from './weightArrays';

export interface ScalerParts {
  readonly getConfiguration: () => Configuration;
  readonly change: (change: ConfigurationChange, gesture?: string) => void;
  /** Of exactly this W_h; null when it was overtaken. */
  readonly getSpectrum: (array: WeightArray) => Spectrum | Promise<Spectrum | null>;
  readonly onScaled: (scaled: Scaled) => void;
}

/** What was asked for, and what it makes of both quantities, before anybody measures it. */
export interface Scaled extends Readonly<Record<Quantity, number>> {
  readonly array: WeightArray;
  readonly asked: Quantity;
}

/** Sets ρ(W_h) or σ_max(W_h) by a factor on W_h. */
export type Scaler = (quantity: Quantity, target: number, gesture?: string) => void;

/**
 * The factor is always taken from the matrix, and its spectrum, that stood before the first of a row
 * of such edits; the row ends when anything else changes W_h. So neither a drag nor repeated edits
 * accumulate rounding, and the spectrum is that of the matrix that is scaled, also where it has to be
 * waited for.
 */
export function createScaler(parts: ScalerParts): Scaler {
  const { getConfiguration, change, getSpectrum, onScaled } = parts;
  let base: {
    readonly start: Configuration;
    made: Configuration;
    spectrum: Spectrum | null;
  } | null = null;
  let wanted: { quantity: Quantity; target: number; gesture: string | undefined } | null = null;

  function apply(): void {
    if (base === null || wanted === null) return;
    const { start, spectrum } = base;
    if (spectrum === null) return;
    const { quantity, target, gesture } = wanted;
    wanted = null;
    if (scalingRefusal(spectrum, quantity) !== null) return;
    const factor = target / spectrum[quantity];
    change(changeByFactor(getConfiguration(), start, factor), gesture);
    base.made = getConfiguration();
    onScaled({
      array: weightArrayOf(base.made, 'Wh'),
      asked: quantity,
      spectralRadius: factor * spectrum.spectralRadius,
      largestSingularValue: factor * spectrum.largestSingularValue,
      [quantity]: target,
    });
  }

  return (quantity, target, gesture) => {
    wanted = { quantity, target, gesture };
    const configuration = getConfiguration();
    if (base !== null && sameRecurrentWeights(base.made, configuration)) {
      apply();
      return;
    }
    const begun = { start: configuration, made: configuration, spectrum: null as Spectrum | null };
    base = begun;
    const spectrum = getSpectrum(weightArrayOf(configuration, 'Wh'));
    if (!(spectrum instanceof Promise)) {
      begun.spectrum = spectrum;
      apply();
      return;
    }
    void spectrum.then((answer) => {
      // Somebody else's edit came first, or another of ours that begins from it.
      if (base !== begun || !sameRecurrentWeights(begun.made, getConfiguration())) return;
      begun.spectrum = answer;
      if (answer === null) base = null;
      else apply();
    });
  };
}

/** Five significant digits are shown: more than float32 leaves of most spectra, and all it can set. */
const DIGITS = 5;

/**
 * The number a field shows: what was measured; what was asked for where that is the same number in
 * the field's digits, or while it is not measured yet.
 */
export function shownQuantity(
  quantity: Quantity,
  measured: Spectrum,
  pending: boolean,
  scaled: Scaled | null,
): number {
  const value = measured[quantity];
  if (scaled !== null) {
    const expected = scaled[quantity];
    const isReached = Math.abs(value - expected) <= 10 ** -DIGITS * expected;
    if (pending || isReached) {
      return scaled.asked === quantity ? expected : Number(expected.toPrecision(DIGITS));
    }
  }
  return Number(value.toPrecision(DIGITS));
}
