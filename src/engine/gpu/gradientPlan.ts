import type { Problem } from '../../model/problem';
import type { Dispatch } from './kernel';
import { PRODUCT } from './kernels/product_exponents';
import { dispatchSumPartials } from './kernels/sum_partials';
import { dispatchWeightGradient } from './kernels/weight_gradient';
import { groupsOf } from './packing';
import { planParts } from './planner';
import type { ParameterBufferName, PassBuffers, RowBufferName } from './runBuffers';
import { EXPONENT_KIND } from './structs';

interface Product {
  readonly left: RowBufferName;
  readonly leftWidth: number;
  readonly right: RowBufferName;
  readonly rightNorms: GPUBuffer;
  readonly rightWidth: number;
  /** Rows before step 1's partner in the right matrix. */
  readonly rightRowOffset: number;
  readonly product: number;
  readonly exponentKind: number;
  readonly total: ParameterBufferName;
  readonly ones: boolean;
}

/** The five parameter gradients: products over all rows, in parts, then their sums. */
export function planGradients(
  problem: Problem,
  buffers: PassBuffers,
  mostCost: number,
): Dispatch[] {
  const { T, B, I, H, O } = problem;
  const rows = T * B;
  const signal = {
    left: 'errorSignals',
    leftWidth: H,
    exponentKind: EXPONENT_KIND.errorSignal,
  } as const;
  const logit = {
    left: 'logitGradients',
    leftWidth: O,
    exponentKind: EXPONENT_KIND.logitGradient,
  } as const;
  const states = {
    right: 'hiddenStates',
    rightNorms: buffers.get('hiddenStateNorms'),
    rightWidth: H,
    ones: false,
  } as const;
  // The right buffers of a bias gradient are bound but not read.
  const one = { ...states, rightWidth: 1, rightRowOffset: 0, ones: true } as const;
  const products: Product[] = [
    {
      ...signal,
      ...states,
      rightNorms: buffers.previousStateNorms,
      rightRowOffset: 0,
      product: PRODUCT.recurrentWeights,
      total: 'recurrentWeightGradient',
    },
    {
      ...signal,
      right: 'inputs',
      rightNorms: buffers.get('inputNorms'),
      rightWidth: I,
      rightRowOffset: 0,
      ones: false,
      product: PRODUCT.inputWeights,
      total: 'inputWeightGradient',
    },
    { ...signal, ...one, product: PRODUCT.hiddenBias, total: 'hiddenBiasGradient' },
    {
      ...logit,
      ...states,
      rightRowOffset: B,
      product: PRODUCT.outputWeights,
      total: 'outputWeightGradient',
    },
    { ...logit, ...one, product: PRODUCT.outputBias, total: 'outputBiasGradient' },
  ];
  return products.flatMap((item) => {
    const [leftGroups, rightGroups] = [groupsOf(item.leftWidth), groupsOf(item.rightWidth)];
    const { rowsPerPart, partCount } = planParts(rows, leftGroups, rightGroups);
    const total = buffers.view(item.total);
    // One part is the sum.
    const parts = partCount > 1 ? buffers.get('parts') : total;
    return [
      ...dispatchWeightGradient(
        {
          left: buffers.get(item.left),
          right: buffers.get(item.right),
          rowExponents: buffers.get('rowExponents'),
          rightNorms: item.rightNorms,
          productExponents: buffers.get('productExponents'),
          firstOverflow: buffers.get('firstOverflow'),
          parts,
          rows,
          leftGroups,
          rightGroups,
          rightRowOffset: item.rightRowOffset,
          rowsPerPart,
          partCount,
          product: item.product,
          exponentKind: item.exponentKind,
          batch: B,
          ones: item.ones,
        },
        mostCost,
      ),
      ...(partCount > 1
        ? [
            dispatchSumPartials(
              buffers.get('parts'),
              total,
              leftGroups * 4 * rightGroups,
              partCount,
            ),
          ]
        : []),
    ];
  });
}
