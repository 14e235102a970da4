import { describe, expect, it } from 'vitest';
import type { InitialiserKind, SyntheticTask } from '../../src/model/configuration';
import {
  generateInputWeights,
  generateOutputWeights,
  generateRecurrentWeights,
} from '../../src/model/initialisers';
import { taskOf } from '../../src/tasks/registry';

/*
 * What a share link of version 1 means. These numbers are never edited: a failure here means that
 * existing links would show something else. Seven decimals: log and cos may differ in the last bit.
 */
function expectClose(got: ArrayLike<number>, expected: readonly number[]): void {
  expect(got.length).toBeGreaterThanOrEqual(expected.length);
  expected.forEach((v, i) => expect(got[i]).toBeCloseTo(v, 6));
}

const WEIGHTS: readonly (readonly [InitialiserKind, readonly number[]])[] = [
  [
    'gaussian',
    [
      0.8197803, 0.1486625, 0.7630376, 0.2029608, 0.0376196, -0.235736, 0.1916918, -0.0599383,
      0.5176905,
    ],
  ],
  [
    'uniform',
    [
      -0.2987441, 0.9374354, -0.074246, 0.5665172, -0.8915147, 0.6843922, 0.1603135, -0.6093719,
      0.9604634,
    ],
  ],
  [
    'orthogonal',
    [
      0.7256209, 0.1315872, 0.6753955, 0.6640984, 0.1230284, -0.7374533, 0.1801322, -0.9836406,
      -0.0018851,
    ],
  ],
  ['diagonal', [-0.2987441, 0, 0, 0, 0.9374354, 0, 0, 0, -0.074246]],
  [
    'smartTanh',
    [
      0.2755357, 1.5194068, 1.4142379, 0.376174, 0.0697254, -0.4369205, -0.1110915, 0.3552876,
      0.9595039,
    ],
  ],
];

const TASKS: readonly (readonly [SyntheticTask, readonly number[], readonly number[]])[] = [
  [
    'adding',
    [
      0.416472, 1, 0.4219413, 0, 0.7306996, 0, 0.6243986, 0, 0.3402823, 0, 0.3975243, 0, 0.7725596,
      1,
    ],
    [0.416472, 0.416472, 0.416472, 0.416472, 0.416472, 0.416472, 1.1890316],
  ],
  ['copy', [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], [8, 8, 8, 8, 3, 3, 2]],
  ['temporalOrder', [1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0]],
  ['latch', [-1, -1, -1, -0.1068299, 0.0644629, -0.1332605, -0.0229207], [0, 0, 0, 0, 0, 0, 0]],
  [
    'sine',
    [0.755448, 0.3808666, -0.074801, -0.5145436, -0.8447403, -0.9950924, -0.9335902],
    [0.3808666, -0.074801, -0.5145436, -0.8447403, -0.9950924, -0.9335902, -0.6733274],
  ],
];

describe('frozen by the link format v=1', () => {
  it.each(WEIGHTS)('%s W_h, H = 3, seed 7', (kind, expected) => {
    expectClose(generateRecurrentWeights(3, { kind, angle: 0 }, 1, 7), expected);
  });

  it('W_x and W_y, seed 7', () => {
    expectClose(generateInputWeights(2, 2, 7), [0.9933903, -0.2079283, 0.1125153, 1.4537536]);
    expectClose(generateOutputWeights(2, 2, 7), [0.4199253, 0.7811543, 0.5374513, 0.2785341]);
  });

  it.each(TASKS)('%s, T = 7, B = 1, data seed 1', (kind, inputs, expected) => {
    const data = taskOf({ kind }).generate(7, 1, 1);
    expectClose(data.inputs, inputs);
    const { targets } = data;
    expectClose(targets.kind === 'dense' ? targets.values : targets.indices, expected);
  });
});
