import { LIMITS } from '../model/configuration';
import { gaussian, randomBits, STREAMS } from '../model/random';
import { lastStepOnly, type Task } from './task';

/** Steps at whose inputs the class can be read. */
const INFORMATIVE_STEPS = 3;
const NOISE = 0.2;

/**
 * The latching problem, after Bengio, Simard, Frasconi 1994: one input, +1 (class 1) or −1
 * (class 0) at the first three steps and Gaussian noise of standard deviation 0.2 afterwards; the
 * network must still know the class at T. (The paper learns the informative inputs; here they are
 * given.) The target is 1 or 0 at every step, the loss sits at T; chance is ln 2 with `bce`.
 *
 * T ≤ 3 has no noise: the class is still being shown when it is asked for.
 */
export const latch: Task = {
  id: 'latch',
  citation: {
    authors: 'Bengio, Simard, Frasconi',
    year: 1994,
    text: 'Learning long-term dependencies with gradient descent is difficult, IEEE Transactions on Neural Networks 5(2)',
  },
  I: 1,
  O: 1,
  inputChannels: [{ id: 'signal', label: '' }],
  outputChannels: [{ id: 'class', label: '' }],
  losses: ['bce', 'mse'],
  seeded: true,
  longestT: LIMITS.T.most,
  generate(T, B, dataSeed) {
    const inputs = new Float32Array(T * B);
    const values = new Float32Array(T * B);
    for (let n = 0; n < B; n++) {
      const target = randomBits(dataSeed, STREAMS.latchClass, 0, n) >>> 31;
      for (let t = 0; t < T; t++) {
        const row = t * B + n;
        inputs[row] =
          t < INFORMATIVE_STEPS
            ? 2 * target - 1
            : NOISE * gaussian(dataSeed, STREAMS.latchNoise, t, n);
        values[row] = target;
      }
    }
    return { inputs, targets: { kind: 'dense', values }, defaultLossWeights: lastStepOnly(T) };
  },
};
