import { SATURATED_SHARE } from '../../analysis/saturation';
import type { ScaledVector, StepDetail } from '../../engine/interface';
import { ZERO_EXPONENT } from '../../model/scaled';

export interface SlopeSummary {
  readonly mean: number;
  readonly saturated: number;
  readonly dead: number;
}

/** Mean of f′(a), how many units are saturated, and how many dead (analysis/saturation.ts). */
export function slopeSummary(slopes: ScaledVector, greatest: number): SlopeSummary {
  const { mantissas, exponent } = slopes;
  const scale = exponent === ZERO_EXPONENT ? 0 : 2 ** exponent;
  let sum = 0;
  let saturated = 0;
  let dead = 0;
  for (const mantissa of mantissas) {
    const slope = mantissa * scale;
    sum += slope;
    if (slope === 0) dead += 1;
    else if (Math.abs(slope) < SATURATED_SHARE * greatest) saturated += 1;
  }
  return { mean: sum / Math.max(1, mantissas.length), saturated, dead };
}

/** One row of the table of units. */
export interface UnitRow {
  readonly preActivation: number;
  readonly state: number;
  readonly slope: Scaled;
  readonly stateGradient: Scaled;
  readonly errorSignal: Scaled;
}

export interface Scaled {
  readonly mantissa: number;
  readonly exponent: number;
}

export function unitRows(step: StepDetail, count: number): UnitRow[] {
  const entry = (vector: ScaledVector, unit: number): Scaled => ({
    mantissa: vector.mantissas[unit] ?? 0,
    exponent: vector.exponent,
  });
  const units = Math.min(count, step.state.length);
  return Array.from({ length: units }, (_, unit) => ({
    preActivation: step.preActivations[unit]!,
    state: step.state[unit]!,
    slope: entry(step.slopes, unit),
    stateGradient: entry(step.stateGradient, unit),
    errorSignal: entry(step.errorSignal, unit),
  }));
}

/** A vector in a line: all of a short one, else its first entries and an ellipsis. */
export function shortVector(values: Float32Array, format: (v: number) => string): string {
  const most = 4;
  const shown = Array.from(values.subarray(0, most), format).join(', ');
  return values.length === 1 ? shown : `(${shown}${values.length > most ? ', …' : ''})`;
}
