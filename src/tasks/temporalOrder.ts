import { LIMITS } from '../model/configuration';
import { integerBelow, randomBits, STREAMS } from '../model/random';
import { lastStepOnly, type Task } from './task';

const RELEVANT = ['A', 'B'] as const;
const DISTRACTORS = ['c', 'd', 'e', 'f'] as const;
const SYMBOLS = RELEVANT.length + DISTRACTORS.length;

/**
 * Where the two relevant symbols may be: the earliest step (0-based) of each, and how many steps
 * from there on, all equally likely. In the second tenth and in the sixth tenth of the sequence, as
 * in the original (10–20 and 50–60 of about 100); for T < 10 at 0 and ⌊T/2⌋.
 */
export function relevantRanges(T: number): {
  readonly earliest: readonly [number, number];
  readonly count: number;
} {
  return {
    earliest: [Math.floor(T / 10), Math.floor(T / 2)],
    count: Math.max(1, Math.floor(T / 10)),
  };
}

function relevantSteps(T: number, dataSeed: number, n: number): readonly [number, number] {
  const { earliest, count } = relevantRanges(T);
  const offset = (which: number) => integerBelow(count, dataSeed, STREAMS.orderPosition, which, n);
  return [earliest[0] + offset(0), earliest[1] + offset(1)];
}

/**
 * Temporal order (task 6a of Hochreiter and Schmidhuber 1997, with the alphabet of Pascanu,
 * Mikolov, Bengio 2013). One-hot inputs over A, B and four distractors; two relevant symbols, each
 * A or B, among distractors. The class is their order: AA, AB, BA, BB. The class is the target at
 * every step, the loss sits at T; chance is ln 4.
 *
 * T = 1 has room for one relevant symbol, which counts as both: class AA or BB.
 */
export const temporalOrder: Task = {
  id: 'temporalOrder',
  citation: {
    authors: 'Hochreiter, Schmidhuber',
    year: 1997,
    text: 'Long short-term memory, Neural Computation 9(8)',
  },
  I: SYMBOLS,
  O: 4,
  inputChannels: [
    ...RELEVANT.map((label) => ({ id: 'symbol' as const, label })),
    ...DISTRACTORS.map((label) => ({ id: 'distractor' as const, label })),
  ],
  outputChannels: ['AA', 'AB', 'BA', 'BB'].map((label) => ({ id: 'class', label })),
  losses: ['crossEntropy', 'mse', 'bce'],
  seeded: true,
  longestT: LIMITS.T.most,
  generate(T, B, dataSeed) {
    const inputs = new Float32Array(T * B * SYMBOLS);
    const indices = new Int32Array(T * B);
    for (let n = 0; n < B; n++) {
      const [firstStep, secondStep] = relevantSteps(T, dataSeed, n);
      const second = randomBits(dataSeed, STREAMS.orderSymbol, 1, n) >>> 31;
      const first =
        firstStep === secondStep ? second : randomBits(dataSeed, STREAMS.orderSymbol, 0, n) >>> 31;
      for (let t = 0; t < T; t++) {
        const row = t * B + n;
        let symbol: number;
        if (t === firstStep) symbol = first;
        else if (t === secondStep) symbol = second;
        else {
          const distractor = integerBelow(
            DISTRACTORS.length,
            dataSeed,
            STREAMS.orderDistractor,
            t,
            n,
          );
          symbol = RELEVANT.length + distractor;
        }
        inputs[row * SYMBOLS + symbol] = 1;
        indices[row] = 2 * first + second;
      }
    }
    return { inputs, targets: { kind: 'class', indices }, defaultLossWeights: lastStepOnly(T) };
  },
};
