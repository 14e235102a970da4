import { describe, it } from 'vitest';
import type { Sgd } from '../../../src/model/optimizer';
import { checkBeyond, checkUpdate, LARGE_SHAPE, type UpdateCase } from './training';

const base: Sgd = {
  ...{ kind: 'sgd', lr: 0.03, momentum: 0.9, dampening: 0, nesterov: false, weightDecay: 0.02 },
};

describe('sgd', () => {
  it.each<[string, UpdateCase]>([
    ['plain', { optimizer: { ...base, momentum: 0, weightDecay: 0 } }],
    ['weight decay', { optimizer: { ...base, momentum: 0 } }],
    ['momentum', { optimizer: base }],
    ['the first update', { optimizer: { ...base, dampening: 0.4 }, update: 1 }],
    ['dampening', { optimizer: { ...base, dampening: 0.4 } }],
    ['nesterov', { optimizer: { ...base, nesterov: true } }],
    ['clipped by value', { optimizer: base, plan: { clipValue: 0.6 } }],
    // 2^±5000 times the factor of a norm that is clipped
    [
      'a huge gradient',
      { optimizer: base, exponent: 5000, clip: { mantissa: 1.3, exponent: -5001 } },
    ],
    ['several blocks a lane', { optimizer: base, shape: LARGE_SHAPE }],
    ['a tiny one', { optimizer: { ...base, lr: 1000, momentum: 0 }, exponent: -8 }],
  ])('%s', (_, update) => checkUpdate(update));

  it('says so when a gradient or a weight leaves float32', () => checkBeyond());
});
