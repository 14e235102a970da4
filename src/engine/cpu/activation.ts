import { LEAKY_RELU_SLOPE, type Activation } from '../../model/kinds';
import { activate, elu, sigmoid, silu, slope, softplus } from '../../reference/activations';

const FLOAT32_MAX = 3.4028234663852886e38;
/** A slope in float64 that is smaller than this may have lost digits; the caller takes care. */
const SAFE_SLOPE = 1e-200;

/**
 * a to float32 storage (clamped to its finite range) and h = f(a) of the stored value. The
 * activation is chosen once per call, not once per unit.
 */
export function activateInto(
  kind: Activation,
  sums: Float64Array,
  preActivations: Float32Array,
  aOffset: number,
  states: Float32Array,
  hOffset: number,
  count: number,
): void {
  const a = preActivations.subarray(aOffset, aOffset + count);
  const h = states.subarray(hOffset, hOffset + count);
  for (let i = 0; i < count; i++) {
    const v = sums[i]!;
    a[i] = v > FLOAT32_MAX ? FLOAT32_MAX : v < -FLOAT32_MAX ? -FLOAT32_MAX : v;
  }
  switch (kind) {
    case 'tanh':
      for (let i = 0; i < count; i++) h[i] = Math.tanh(a[i]!);
      return;
    case 'relu':
      for (let i = 0; i < count; i++) h[i] = a[i]! > 0 ? a[i]! : 0;
      return;
    case 'sigmoid':
      for (let i = 0; i < count; i++) h[i] = sigmoid(a[i]!);
      return;
    case 'identity':
      h.set(a);
      return;
    case 'leakyRelu':
      for (let i = 0; i < count; i++) h[i] = a[i]! > 0 ? a[i]! : LEAKY_RELU_SLOPE * a[i]!;
      return;
    case 'elu':
      for (let i = 0; i < count; i++) h[i] = elu(a[i]!);
      return;
    case 'softplus':
      for (let i = 0; i < count; i++) h[i] = softplus(a[i]!);
      return;
    case 'silu':
      for (let i = 0; i < count; i++) h[i] = silu(a[i]!);
      return;
    case 'gelu':
    case 'sin':
      for (let i = 0; i < count; i++) h[i] = activate(kind, a[i]!);
      return;
  }
}

/**
 * values ⊙= f′(a) for one row in float64. Returns false, with the values untouched, when a slope is
 * so far in a tail that float64 would lose it; the scaled form must be used for that row.
 */
export function multiplyByPlainSlopes(
  kind: Activation,
  preActivations: Float32Array,
  offset: number,
  values: Float64Array,
  slopes: Float64Array,
): boolean {
  const count = values.length;
  switch (kind) {
    case 'identity':
      return true;
    case 'relu':
      for (let i = 0; i < count; i++) if (!(preActivations[offset + i]! > 0)) values[i] = 0;
      return true;
    case 'leakyRelu':
      for (let i = 0; i < count; i++) {
        if (!(preActivations[offset + i]! > 0)) values[i] = values[i]! * LEAKY_RELU_SLOPE;
      }
      return true;
    case 'sin':
      for (let i = 0; i < count; i++)
        values[i] = values[i]! * Math.cos(preActivations[offset + i]!);
      return true;
    case 'tanh':
      for (let i = 0; i < count; i++) {
        const e = Math.exp(-2 * Math.abs(preActivations[offset + i]!));
        slopes[i] = (4 * e) / ((1 + e) * (1 + e));
      }
      break;
    case 'sigmoid':
      for (let i = 0; i < count; i++) {
        const e = Math.exp(-Math.abs(preActivations[offset + i]!));
        slopes[i] = e / ((1 + e) * (1 + e));
      }
      break;
    case 'elu':
    case 'softplus':
    case 'gelu':
    case 'silu':
      for (let i = 0; i < count; i++) slopes[i] = slope(kind, preActivations[offset + i]!);
      break;
  }
  for (let i = 0; i < count; i++) if (Math.abs(slopes[i]!) < SAFE_SLOPE) return false;
  for (let i = 0; i < count; i++) values[i] = values[i]! * slopes[i]!;
  return true;
}
