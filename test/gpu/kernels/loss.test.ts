import { describe, it } from 'vitest';
import { dispatchLoss } from '../../../src/engine/gpu/kernels/loss';
import { groupsOf, padRows, unpadRows } from '../../../src/engine/gpu/packing';
import {
  LOSSES,
  OUTPUT_ACTIVATIONS,
  type Loss,
  type OutputActivation,
} from '../../../src/model/kinds';
import { ZERO_EXPONENT } from '../../../src/model/scaled';
import { logitGradientOfRow, lossOfRow, targetRow } from '../../../src/reference/losses';
import { outputsOfRow } from '../../../src/reference/outputs';
import { normaliseRow } from '../../../src/reference/scaling';
import { expectClose } from '../../support/compare';
import {
  expectLogs,
  expectPadding,
  expectRows,
  exponentsOf,
  floats,
  ints,
  kernelBench,
  paramsOf,
  rowExponents,
  testNumbers,
} from '../kernelHarness';

interface Case {
  readonly T: number;
  readonly B: number;
  readonly O: number;
  readonly outputActivation: OutputActivation;
  readonly loss: Loss;
  readonly classTargets: boolean;
  readonly firstOverflow?: number;
  /** Logits lie in ± this. */
  readonly range?: number;
  /** Factor of every w_t but the second, which is 0 */
  readonly weight?: number;
}

async function check(options: Case): Promise<void> {
  const { T, B, O, outputActivation, loss, classTargets, range = 4, weight = 1 } = options;
  const firstOverflow = options.firstOverflow ?? T + 1;
  const rows = T * B;
  const numbers = testNumbers(rows * 10 + O);
  const logits = numbers.reals(rows * O, -range, range);
  const indices = Int32Array.from({ length: rows }, () => numbers.whole(0, O - 1));
  const dense = numbers.reals(rows * O, loss === 'mse' ? -2 : 0, loss === 'mse' ? 3 : 1);
  const lossWeights = numbers.reals(T, 0.5 * weight, 1.5 * weight);
  if (T > 2) lossWeights[1] = 0;

  const gpu = await kernelBench();
  const stride = groupsOf(O) * 4;
  const outputs = gpu.poisoned(rows * stride);
  const logitGradients = gpu.poisoned(rows * stride);
  const exponents = gpu.given(rowExponents(rows + B, {}));
  const rowLosses = gpu.poisoned(rows * 2);
  const dispatch = dispatchLoss({
    params: paramsOf({ T, B, O, I: 1, H: 1 }, classTargets),
    logits: gpu.given(padRows(logits, rows, O)),
    targets: gpu.given(classTargets ? indices : padRows(dense, rows, O)),
    lossWeights: gpu.given(lossWeights),
    firstOverflow: gpu.given(Uint32Array.of(firstOverflow)),
    outputs,
    logitGradients,
    rowExponents: exponents,
    rowLosses,
    outputActivation: OUTPUT_ACTIVATIONS.indexOf(outputActivation),
    loss: LOSSES.indexOf(loss),
    rows,
    outputGroups: groupsOf(O),
  });
  const [y, gradients, written, losses] = await gpu.run(
    [{ ...dispatch, workgroups: [1, 1, 1] }],
    [outputs, logitGradients, exponents, rowLosses],
  );

  const expectedY = new Float64Array(rows * O);
  const expectedGradient = new Float64Array(rows * O);
  const gradientExponents = new Int32Array(rows).fill(ZERO_EXPONENT);
  const log2Losses: number[] = [];
  const targets = classTargets
    ? ({ kind: 'class', indices } as const)
    : ({ kind: 'dense', values: dense } as const);
  for (let row = 0; row < rows; row++) {
    const step = Math.floor(row / B) + 1;
    const w = lossWeights[step - 1]! / B;
    const z = Float64Array.from(logits.subarray(row * O, (row + 1) * O));
    const [yRow, target, gradient, scratch] = [0, 1, 2, 3].map(() => new Float64Array(O));
    if (step >= firstOverflow) {
      log2Losses.push(-Infinity);
      continue;
    }
    outputsOfRow(outputActivation, z, yRow!);
    expectedY.set(yRow!, row * O);
    targetRow(targets, row, target!);
    log2Losses.push(Math.log2(w * lossOfRow(loss, z, yRow!, target!)));
    logitGradientOfRow(loss, outputActivation, z, yRow!, target!, scratch!, gradient!);
    if (w === 0) continue;
    expectedGradient.set(
      gradient!.map((v) => v * w),
      row * O,
    );
    gradientExponents[row] = normaliseRow(expectedGradient, row * O, (row + 1) * O, 0);
  }
  expectPadding(floats(y), rows, O, 'y');
  expectClose(unpadRows(floats(y), rows, O), expectedY, 1e-6, 'y');
  expectRows(
    floats(gradients),
    exponentsOf(written, 'logit_gradient').subarray(B),
    { mantissas: expectedGradient, exponents: gradientExponents, width: O },
    1e-4,
    'logit gradients',
  );
  // Row losses are values, not norms: sum · 2^(2·exponent).
  const actual = Array.from({ length: rows }, (_, row) => {
    const sum = floats(losses)[2 * row]!;
    return sum === 0 ? -Infinity : Math.log2(sum) + 2 * ints(losses)[2 * row + 1]!;
  });
  // A y near its target of 1 has that many digits of y − ŷ left (mse through g).
  expectLogs(actual, log2Losses, range > 10 ? 1e-3 : 1e-5, 'row losses');
}

const COMBINATIONS = OUTPUT_ACTIVATIONS.flatMap((outputActivation) =>
  LOSSES.flatMap((loss) =>
    [false, true].map((classTargets) => ({ outputActivation, loss, classTargets })),
  ),
);

describe('loss', () => {
  it.each(COMBINATIONS)(
    'g = $outputActivation, $loss, classes: $classTargets',
    async (combination) => {
      await check({ T: 5, B: 3, O: 6, ...combination });
      await check({ T: 4, B: 2, O: 5, ...combination, range: 15, weight: 2 ** -90 });
    },
  );

  it.each([
    [1, 1, 1],
    [3, 21, 2],
    [16, 4, 3],
    [13, 5, 7],
    [2, 3, 63],
    [2, 2, 64],
    [3, 1, 65],
  ])('T = %i, B = %i, O = %i', async (T, B, O) => {
    const classTargets = O > 1;
    await check({ T, B, O, outputActivation: 'softmax', loss: 'crossEntropy', classTargets });
    await check({ T, B, O, outputActivation: 'tanh', loss: 'mse', classTargets });
  });

  it.each([1, 2, 6])('an overflow at step %i', (firstOverflow) =>
    check({
      ...{ T: 6, B: 2, O: 3, outputActivation: 'identity', loss: 'bce', classTargets: true },
      firstOverflow,
    }),
  );

  it('a right and certain prediction keeps the digits of its gradient', () =>
    check({
      ...{ T: 9, B: 1, O: 2, outputActivation: 'softmax', loss: 'crossEntropy' },
      ...{ classTargets: true, range: 60 },
    }));
});
