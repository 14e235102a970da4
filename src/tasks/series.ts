import { LIMITS } from '../model/configuration';
import { BpttError } from '../model/errors';
import { requireLength, segmentStarts } from './segments';
import type { Standardisation, Task, TaskData } from './task';

function requireNumbers(values: readonly number[]): void {
  if (values.length < 2) {
    throw new BpttError(
      'invalid-configuration',
      'task.source.values',
      `A series needs at least 2 numbers, got ${values.length}. Give a longer series.`,
      { needed: 2, got: values.length },
    );
  }
  const bad = values.findIndex((v) => !Number.isFinite(v));
  if (bad >= 0) {
    throw new BpttError(
      'invalid-configuration',
      `task.source.values.${bad}`,
      `Every value of a series must be a finite number, got ${values[bad]}. Correct or remove it.`,
      { index: bad },
    );
  }
}

/** Mean and population standard deviation, first divided by the largest magnitude: no overflow. */
function standardisationOf(values: readonly number[]): Standardisation {
  const count = values.length;
  const scale = values.reduce((top, v) => Math.max(top, Math.abs(v)), 0) || 1;
  const mean = values.reduce((sum, v) => sum + v / scale, 0) / count;
  const variance = values.reduce((sum, v) => sum + (v / scale - mean) ** 2, 0) / count;
  // Below float64's own noise the series is constant: it becomes all zeros.
  const sd = Math.sqrt(variance);
  return { mean: mean * scale, sd: sd > 1e-14 ? sd * scale || 1 : 1, count };
}

/** (value − mean) / sd, written so that extreme values do not overflow on the way. */
export function standardise(value: number, { mean, sd }: Standardisation): number {
  return value / sd - mean / sd;
}

/** The value in the data's own unit: mean + sd · x. */
export function unstandardise(x: number, { mean, sd }: Standardisation): number {
  return mean + sd * x;
}

/**
 * Next-value prediction of a measured series: x_t is the standardised value, the target x_{t+1},
 * loss at every step. Entries are segments spread evenly over the series; the data seed plays no
 * part. A constant series becomes all zeros.
 * @throws BpttError 'invalid-configuration' for fewer than 2 values or one that is not finite
 */
export function seriesTask(values: readonly number[]): Task {
  requireNumbers(values);
  const standardisation = standardisationOf(values);
  const constant = values.every((v) => v === values[0]);
  const sequence = Float32Array.from(values, (v) =>
    constant ? 0 : standardise(v, standardisation),
  );
  const windows = (T: number, starts: readonly number[]): TaskData => {
    const B = starts.length;
    const inputs = new Float32Array(T * B);
    const targets = new Float32Array(T * B);
    starts.forEach((start, n) => {
      for (let t = 0; t < T; t++) {
        inputs[t * B + n] = sequence[start + t]!;
        targets[t * B + n] = sequence[start + t + 1]!;
      }
    });
    return {
      inputs,
      targets: { kind: 'dense', values: targets },
      defaultLossWeights: new Float32Array(T).fill(1),
    };
  };
  return {
    id: 'series',
    citation: null,
    I: 1,
    O: 1,
    inputChannels: [{ id: 'value', label: '' }],
    outputChannels: [{ id: 'value', label: '' }],
    losses: ['mse'],
    seeded: false,
    longestT: Math.min(LIMITS.T.most, sequence.length - 1),
    standardisation,
    sequence: { length: sequence.length, windows },
    generate(T, B) {
      requireLength(sequence.length, T);
      return windows(T, segmentStarts(sequence.length, T, B));
    },
  };
}
