import { describe, it } from 'vitest';
import { checkSurfaceLoss, type SurfaceLossCase } from './surface';

describe('surface_loss', () => {
  it.each<[string, SurfaceLossCase]>([
    ['one step', { T: 1, B: 1, I: 1, H: 1, O: 1 }],
    ['one thread', { T: 9, B: 2, I: 5, H: 6, O: 9, threads: 1 }],
    ['more threads than groups', { T: 9, B: 3, I: 2, H: 5, O: 3, threads: 32 }],
    ['fewer threads than groups', { T: 9, B: 2, I: 3, H: 70, O: 21, gain: 0.5 }],
    ['more outputs than units', { T: 5, B: 1, I: 3, H: 2, O: 66, loss: 'crossEntropy' }],
    ['padded units have f(0) = ½', { T: 8, B: 2, H: 5, activation: 'sigmoid' }],
    ['several dispatches', { T: 20, B: 2, H: 6, starts: [1, 2, 9, 17] }],
    ['resets where a dispatch starts', { T: 12, B: 2, H: 6, resets: [1, 5, 8], starts: [1, 5, 9] }],
    ['overflow of one entry', { T: 49, B: 2, activation: 'identity', gain: 4, points: 2 }],
    ['sums of many losses', { T: 200, B: 2, H: 3, gain: 0.5, starts: [1, 70] }],
    ['softmax, squares', { T: 5, B: 2, O: 5, outputActivation: 'softmax' }],
    ['sigmoid, bce', { T: 5, B: 2, O: 5, outputActivation: 'sigmoid', loss: 'bce' }],
    ['tanh, squares', { T: 5, B: 2, O: 2, outputActivation: 'tanh' }],
    [
      'overflow, in a later dispatch too',
      { T: 300, B: 2, activation: 'relu', gain: 9, starts: [1, 90, 250] },
    ],
  ])('%s', (_, options) => checkSurfaceLoss(options));
});
