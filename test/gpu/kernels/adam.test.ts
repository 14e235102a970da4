import { describe, it } from 'vitest';
import type { Adam } from '../../../src/model/optimizer';
import { checkUpdate, type UpdateCase } from './training';

const base: Adam = {
  ...{ kind: 'adam', lr: 0.01, betas: [0.9, 0.98], eps: 1e-3, weightDecay: 0, amsgrad: false },
};

describe('adam', () => {
  it.each<[string, UpdateCase]>([
    ['plain', { optimizer: base }],
    ['the first update', { optimizer: base, update: 1 }],
    ['the default betas, late', { optimizer: { ...base, betas: [0.9, 0.999] }, update: 100_000 }],
    ['weight decay', { optimizer: { ...base, weightDecay: 0.1 } }],
    ['amsgrad', { optimizer: { ...base, amsgrad: true } }],
    ['clipped by value', { optimizer: base, plan: { clipValue: 0.6 } }],
    // g² would be 2^±200
    ['2^100', { optimizer: { ...base, eps: 0 }, exponent: 100 }],
    ['2^-100', { optimizer: { ...base, eps: 0 }, exponent: -100 }],
  ])('%s', (_, update) => checkUpdate(update));
});
