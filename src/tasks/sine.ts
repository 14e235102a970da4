import { LIMITS } from '../model/configuration';
import { STREAMS, uniform } from '../model/random';
import type { Task } from './task';

const SHORTEST_PERIOD = 8;
const LONGEST_PERIOD = 32;

/**
 * Next-value prediction of a sine: x_t = sin(2π(t/period + phase)), target x_{t+1}, loss at every
 * step. Each entry has its own period, log-uniform in [8, 32) steps, and phase. A textbook example;
 * a sine obeys x_{t+1} = 2 cos(2π/period) x_t − x_{t−1}, so two numbers of memory are enough.
 */
export const sine: Task = {
  id: 'sine',
  citation: null,
  I: 1,
  O: 1,
  inputChannels: [{ id: 'value', label: '' }],
  outputChannels: [{ id: 'value', label: '' }],
  losses: ['mse'],
  seeded: true,
  longestT: LIMITS.T.most,
  generate(T, B, dataSeed) {
    const inputs = new Float32Array(T * B);
    const values = new Float32Array(T * B);
    for (let n = 0; n < B; n++) {
      const u = uniform(dataSeed, STREAMS.sinePeriod, 0, n);
      const period = SHORTEST_PERIOD * (LONGEST_PERIOD / SHORTEST_PERIOD) ** u;
      const phase = uniform(dataSeed, STREAMS.sinePhase, 0, n);
      const valueAt = (step: number) => Math.sin(2 * Math.PI * (step / period + phase));
      for (let t = 0; t < T; t++) {
        inputs[t * B + n] = valueAt(t);
        values[t * B + n] = valueAt(t + 1);
      }
    }
    return {
      inputs,
      targets: { kind: 'dense', values },
      defaultLossWeights: new Float32Array(T).fill(1),
    };
  },
};
