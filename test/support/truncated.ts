import type { Problem } from '../../src/model/problem';
import { randomProblem } from './randomProblem';

const T = 17;
const factors = Array.from({ length: T }, (_, t) => (t % 6 === 4 ? 0 : 0.4 + 0.13 * t));

/** One problem for every way in which gradients or states can stop, and for all at once. */
export const TRUNCATED: readonly (readonly [name: string, problem: Problem])[] = [
  ['chunks', randomProblem({ T, B: 3, cuts: [6, 11, 16], seed: 41 })],
  ['factors of links', randomProblem({ T, B: 2, H: 6, linkFactors: factors, seed: 42 })],
  ['factors and cuts', randomProblem({ T, B: 1, linkFactors: factors, cuts: [1, 9], seed: 43 })],
  ['resets', randomProblem({ T, B: 3, H: 7, resets: [5, 9, 13], seed: 44 })],
  ['a reset at 1', randomProblem({ T, B: 1, resets: [1, 2], seed: 45 })],
  ['a window', randomProblem({ T, B: 3, H: 6, window: { depth: 5, every: 1 }, seed: 46 })],
  ['a window every 3', randomProblem({ T, B: 1, window: { depth: 7, every: 3 }, seed: 47 })],
  ['a window of chunks', randomProblem({ T, B: 5, window: { depth: 4, every: 4 }, seed: 48 })],
  ['a window of one step', randomProblem({ T, window: { depth: 1, every: 1 }, seed: 49 })],
  ['a window longer than T', randomProblem({ T, window: { depth: 40, every: 2 }, seed: 50 })],
  [
    'a window, few losses',
    randomProblem({
      ...{ T, B: 2, window: { depth: 5, every: 2 }, seed: 52 },
      lossWeights: Array.from({ length: T }, (_, t) => ([6, 7, 16].includes(t) ? 1.5 : 0)),
    }),
  ],
  [
    'a window, one loss',
    randomProblem({
      ...{ T, B: 2, window: { depth: 5, every: 1 }, seed: 53 },
      lossWeights: Array.from({ length: T }, (_, t) => (t === T - 1 ? 1 : 0)),
    }),
  ],
  [
    'all at once',
    randomProblem({
      ...{ T, B: 2, H: 9, linkFactors: factors, cuts: [3], resets: [8] },
      ...{ window: { depth: 6, every: 2 }, activation: 'sin', seed: 51 },
    }),
  ],
];
