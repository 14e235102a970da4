import { LIMITS } from '../model/configuration';
import { integerBelow, STREAMS } from '../model/random';
import type { Channel, Task } from './task';

const SYMBOLS = 8;
const BLANK = SYMBOLS;
const DELIMITER = SYMBOLS + 1;
const CLASSES = SYMBOLS + 2;
const CONTENT = 10;

/** K: how many symbols a sequence of T steps carries. */
export function copyContentLength(T: number): number {
  return Math.min(CONTENT, Math.floor((T - 1) / 2));
}

const channels: readonly Channel[] = [
  ...Array.from({ length: SYMBOLS }, (_, i): Channel => ({ id: 'symbol', label: String(i + 1) })),
  { id: 'blank', label: '' },
  { id: 'delimiter', label: '' },
];

/**
 * Copy memory (the form of Arjovsky, Shah, Bengio 2016; the idea is Hochreiter and Schmidhuber's,
 * 1997). One-hot inputs over 8 symbols, blank and delimiter: K symbols at steps 1…K, blanks, the
 * delimiter at step T − K, then K blanks during which the targets are the K symbols in order;
 * before that the targets are blank. Loss at every step.
 *
 * T is the whole length: K = 10 from T = 21 on, with T_blank = T − 20 as in the paper (delimiter
 * included), else K = ⌊(T − 1)/2⌋. T ≤ 2 has no content: the delimiter comes last, targets blank.
 * Without memory the best mean loss per step is K ln 8 / T, the paper's 10 ln 8 / (T_blank + 20).
 */
export const copy: Task = {
  id: 'copy',
  citation: {
    authors: 'Arjovsky, Shah, Bengio',
    year: 2016,
    text: 'Unitary evolution recurrent neural networks, ICML',
  },
  I: CLASSES,
  O: CLASSES,
  inputChannels: channels,
  outputChannels: channels,
  losses: ['crossEntropy', 'mse', 'bce'],
  seeded: true,
  longestT: LIMITS.T.most,
  generate(T, B, dataSeed) {
    const inputs = new Float32Array(T * B * CLASSES);
    const indices = new Int32Array(T * B).fill(BLANK);
    const K = copyContentLength(T);
    const delimiterAt = T - 1 - K;
    for (let n = 0; n < B; n++) {
      for (let t = 0; t < T; t++) {
        const row = t * B + n;
        let seen = t === delimiterAt ? DELIMITER : BLANK;
        if (t < K) {
          seen = integerBelow(SYMBOLS, dataSeed, STREAMS.copySymbol, t, n);
          indices[(T - K + t) * B + n] = seen;
        }
        inputs[row * CLASSES + seen] = 1;
      }
    }
    return {
      inputs,
      targets: { kind: 'class', indices },
      defaultLossWeights: new Float32Array(T).fill(1),
    };
  },
};
