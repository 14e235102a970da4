import { describe, it } from 'vitest';
import type { Rmsprop } from '../../../src/model/optimizer';
import { checkUpdate, type UpdateCase } from './training';

const base: Rmsprop = {
  ...{ kind: 'rmsprop', lr: 0.01, alpha: 0.9, eps: 1e-3, weightDecay: 0, momentum: 0 },
  centered: false,
};

describe('rmsprop', () => {
  it.each<[string, UpdateCase]>([
    ['plain', { optimizer: base }],
    ['the first update', { optimizer: base, update: 1 }],
    ['weight decay', { optimizer: { ...base, weightDecay: 0.1 } }],
    ['momentum', { optimizer: { ...base, momentum: 0.7 } }],
    ['centred', { optimizer: { ...base, centered: true } }],
    ['centred, the first update', { optimizer: { ...base, centered: true }, update: 1 }],
    ['centred, momentum', { optimizer: { ...base, centered: true, momentum: 0.7 } }],
    // g² would be 2^±200
    ['2^100', { optimizer: { ...base, eps: 0 }, exponent: 100 }],
    ['2^-100', { optimizer: { ...base, eps: 0 }, exponent: -100 }],
  ])('%s', (_, update) => checkUpdate(update));
});
