import { LIMITS } from '../model/configuration';
import { integerBelow, STREAMS, uniform } from '../model/random';
import { lastStepOnly, type Task } from './task';

/**
 * The adding problem. x_t = (value, marker): values U[0, 1), marker 1 at two steps and 0 elsewhere,
 * the first in the first half (steps 1…⌊T/2⌋), the second in the rest. The target at step t is the
 * sum of the values marked so far, at T therefore of both; the loss sits at T. (The original draws
 * values from [−1, 1] and marks the ends by −1; this is the form of Le, Jaitly, Hinton 2015.)
 * Always predicting 1 gives mse 1/6.
 *
 * T = 1 has no first half: one mark only, the target is that value.
 */
export const adding: Task = {
  id: 'adding',
  citation: {
    authors: 'Hochreiter, Schmidhuber',
    year: 1997,
    text: 'Long short-term memory, Neural Computation 9(8)',
  },
  I: 2,
  O: 1,
  inputChannels: [
    { id: 'value', label: '' },
    { id: 'marker', label: '' },
  ],
  outputChannels: [{ id: 'sum', label: '' }],
  losses: ['mse'],
  seeded: true,
  longestT: LIMITS.T.most,
  generate(T, B, dataSeed) {
    const inputs = new Float32Array(T * B * 2);
    const values = new Float32Array(T * B);
    const half = Math.floor(T / 2);
    for (let n = 0; n < B; n++) {
      const first = half > 0 ? integerBelow(half, dataSeed, STREAMS.addingMarks, 0, n) : -1;
      const second = half + integerBelow(T - half, dataSeed, STREAMS.addingMarks, 1, n);
      let sum = 0;
      for (let t = 0; t < T; t++) {
        const row = t * B + n;
        const value = uniform(dataSeed, STREAMS.addingValue, t, n);
        const marked = t === first || t === second;
        if (marked) sum += value;
        inputs[row * 2] = value;
        inputs[row * 2 + 1] = marked ? 1 : 0;
        values[row] = sum;
      }
    }
    return { inputs, targets: { kind: 'dense', values }, defaultLossWeights: lastStepOnly(T) };
  },
};
