import { describe, expect, it } from 'vitest';
import { trainingRequestFromInput } from '../../src/model/trainingRequest';

const planOf = (input: object) => trainingRequestFromInput({ lr: 0.1, steps: 3, ...input }).plan;

describe('the optimizer of the console API', () => {
  it('has PyTorch’s defaults', () => {
    expect(planOf({ kind: 'sgd' })).toEqual({
      optimizer: {
        ...{ kind: 'sgd', lr: 0.1, momentum: 0, dampening: 0, nesterov: false, weightDecay: 0 },
      },
      ...{ clipNorm: null, clipValue: null, targetLoss: null, patience: null, redraw: null },
    });
    expect(planOf({ kind: 'rmsprop' }).optimizer).toEqual({
      ...{ kind: 'rmsprop', lr: 0.1, alpha: 0.99, eps: 1e-8, weightDecay: 0, momentum: 0 },
      centered: false,
    });
    expect(planOf({ kind: 'adam' }).optimizer).toEqual({
      ...{ kind: 'adam', lr: 0.1, betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0, amsgrad: false },
    });
  });

  it('takes every key', () => {
    const sgd = { momentum: 0.9, dampening: 0, nesterov: true, weightDecay: 0.1 };
    expect(planOf({ kind: 'sgd', ...sgd }).optimizer).toMatchObject(sgd);
    const rmsprop = { alpha: 0.5, eps: 0, weightDecay: 2, momentum: 0.1, centered: true };
    expect(planOf({ kind: 'rmsprop', ...rmsprop }).optimizer).toMatchObject(rmsprop);
    const adam = { betas: [0, 0.5], eps: 1, weightDecay: 3, amsgrad: true };
    expect(planOf({ kind: 'adam', ...adam }).optimizer).toMatchObject(adam);
    const clips = { clipNorm: 2, clipValue: 0.5 };
    expect(planOf({ kind: 'sgd', ...clips })).toMatchObject(clips);
    expect(planOf({ kind: 'sgd', clipNorm: null })).toMatchObject({ clipNorm: null });
  });

  it('knows weight_decay by PyTorch’s name; undefined is absent', () => {
    expect(planOf({ kind: 'sgd', weight_decay: 0.3 }).optimizer.weightDecay).toBe(0.3);
    const both = { kind: 'sgd', weight_decay: 0.3, weightDecay: undefined, momentum: undefined };
    expect(planOf(both).optimizer).toMatchObject({ weightDecay: 0.3, momentum: 0 });
  });
});
