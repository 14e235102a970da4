import type { OutputActivation } from '../model/kinds';
import { sigmoid, slope } from './activations';

/** y = g(z) for one row, z and y [O]. */
export function outputsOfRow(kind: OutputActivation, z: Float64Array, y: Float64Array): void {
  switch (kind) {
    case 'identity':
      y.set(z);
      return;
    case 'sigmoid':
      for (let i = 0; i < z.length; i++) y[i] = sigmoid(z[i]!);
      return;
    case 'tanh':
      for (let i = 0; i < z.length; i++) y[i] = Math.tanh(z[i]!);
      return;
    case 'softmax': {
      const { largest, rest } = exponentialSum(z);
      for (let i = 0; i < z.length; i++) y[i] = Math.exp(z[i]! - z[largest]!) / (1 + rest);
      return;
    }
  }
}

/**
 * Σ_i e^(z_i − z_max) = 1 + rest, where `rest` leaves out the largest itself: a nearly certain
 * softmax keeps the digits of 1 − y_max = rest/(1 + rest).
 */
export function exponentialSum(z: Float64Array): {
  readonly largest: number;
  readonly rest: number;
} {
  let largest = 0;
  for (let i = 1; i < z.length; i++) if (z[i]! > z[largest]!) largest = i;
  let rest = 0;
  for (let i = 0; i < z.length; i++) if (i !== largest) rest += Math.exp(z[i]! - z[largest]!);
  return { largest, rest };
}

/**
 * (∂y/∂z)ᵀ v for one row: g′(z) ⊙ v, and for softmax y_i Σ_j y_j (v_i − v_j), in which nothing
 * cancels when one y is nearly 1.
 */
export function throughOutput(
  kind: OutputActivation,
  z: Float64Array,
  y: Float64Array,
  v: Float64Array,
  out: Float64Array,
): void {
  switch (kind) {
    case 'identity':
      out.set(v);
      return;
    case 'sigmoid':
    case 'tanh':
      for (let i = 0; i < z.length; i++) out[i] = slope(kind, z[i]!) * v[i]!;
      return;
    case 'softmax':
      for (let i = 0; i < z.length; i++) {
        let sum = 0;
        for (let j = 0; j < z.length; j++) sum += y[j]! * (v[i]! - v[j]!);
        out[i] = y[i]! * sum;
      }
      return;
  }
}
