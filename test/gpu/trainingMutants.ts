import type { shaderSources } from '../../src/engine/gpu/shaderSources';
import type { Adam, Rmsprop, Sgd } from '../../src/model/optimizer';
import {
  checkBeyond,
  checkClipFactor,
  checkGradientNorms,
  checkTrainingRecord,
  checkUpdate,
  LARGE_SHAPE,
  type UpdateCase,
} from './kernels/training';

const sgd: Sgd = {
  ...{ kind: 'sgd', lr: 0.03, momentum: 0.9, dampening: 0.4, nesterov: false, weightDecay: 0.02 },
};
const rmsprop: Rmsprop = {
  ...{ kind: 'rmsprop', lr: 0.01, alpha: 0.9, eps: 1e-3, weightDecay: 0, momentum: 0.7 },
  centered: true,
};
const adam: Adam = {
  ...{ kind: 'adam', lr: 0.01, betas: [0.9, 0.98], eps: 1e-3, weightDecay: 0, amsgrad: true },
};

type Sources = typeof shaderSources;
const update = (of: UpdateCase) => (sources: Sources) => checkUpdate(of, sources);

/** What each mutant is shown by; every one of them passes unmutated. */
export const TRAINING_CHECKS = {
  sgd: update({ optimizer: sgd }),
  firstSgd: update({ optimizer: sgd, update: 1 }),
  nesterov: update({ optimizer: { ...sgd, dampening: 0, nesterov: true } }),
  clipped: update({
    ...{ optimizer: sgd, exponent: 300, clip: { mantissa: 1.3, exponent: -301 } },
  }),
  clippedByValue: update({ optimizer: sgd, plan: { clipValue: 0.6 } }),
  rmsprop: update({ optimizer: rmsprop }),
  rmspropPlain: update({ optimizer: { ...rmsprop, centered: false, momentum: 0 } }),
  adam: update({ optimizer: adam }),
  hugeAdam: update({ optimizer: { ...adam, eps: 0 }, exponent: 100 }),
  beyond: checkBeyond,
  large: update({ optimizer: sgd, shape: LARGE_SHAPE }),
  gradientNorms: checkGradientNorms,
  largeGradientNorms: (sources: Sources) => checkGradientNorms(sources, LARGE_SHAPE),
  clipFactor: checkClipFactor,
  trainingRecord: checkTrainingRecord,
} satisfies Record<string, (sources: Sources) => Promise<void>>;

interface TrainingMutant {
  readonly file: string;
  readonly what: string;
  /** Occurs exactly once. */
  readonly from: string;
  readonly to: string;
  readonly check: keyof typeof TRAINING_CHECKS;
}

const of = (file: string, mutants: readonly Omit<TrainingMutant, 'file'>[]): TrainingMutant[] =>
  mutants.map((mutant) => ({ ...mutant, file }));

export const TRAINING_MUTANTS: readonly TrainingMutant[] = [
  ...of('sgd.wgsl', [
    {
      what: 'dampening at the first update',
      from: 'if (schedule.z == 0.0) {',
      to: 'if (schedule.z >= 0.0) {',
      check: 'firstSgd',
    },
    {
      what: 'no dampening',
      from: 'product(settings[OPTIMIZER_SETTINGS].w, g)',
      to: 'g',
      check: 'sgd',
    },
    {
      what: 'nesterov is momentum',
      from: 'direction = g + product(momentum, velocity);',
      to: 'direction = velocity;',
      check: 'nesterov',
    },
    {
      what: 'the velocity is not kept',
      from: 'next.moments.x = velocity;',
      to: '',
      check: 'sgd',
    },
    {
      what: 'up the hill',
      from: 'entry.value - product(',
      to: 'entry.value + product(',
      check: 'sgd',
    },
  ]),
  ...of('rmsprop.wgsl', [
    {
      what: 'centred around the new mean’s share',
      from: 'alpha * rest, g - entry.moments.y',
      to: 'rest, g - entry.moments.y',
      check: 'rmsprop',
    },
    {
      what: 'the mean is not kept',
      from: 'next.moments.y = alpha * entry.moments.y + rest * g;',
      to: '',
      check: 'rmsprop',
    },
    {
      what: 'ε is left out',
      from: 'quotient(g, next.moments.x + settings[OPTIMIZER_SETTINGS].y)',
      to: 'quotient(g, next.moments.x)',
      check: 'rmspropPlain',
    },
    {
      what: 'the old root',
      from: 'quotient(g, next.moments.x +',
      to: 'quotient(g, entry.moments.x +',
      check: 'rmspropPlain',
    },
    {
      what: 'no momentum',
      from: 'step += product(settings[OPTIMIZER_SETTINGS].z, entry.moments.z);',
      to: '',
      check: 'rmsprop',
    },
  ]),
  ...of('adam.wgsl', [
    {
      what: 'no correction of v',
      from: 'quotient(root, schedule.y)',
      to: 'root',
      check: 'adam',
    },
    {
      what: 'no correction of m',
      from: 'product(schedule.x, step)',
      to: 'product(0.01, step)',
      check: 'adam',
    },
    {
      what: 'the largest v is not used',
      from: 'root = max(root, entry.moments.z);',
      to: '',
      check: 'adam',
    },
    {
      what: 'β₁ for β₂',
      from: 'root_mean_square(decay.z, entry.moments.y, decay.w, g)',
      to: 'root_mean_square(decay.x, entry.moments.y, decay.y, g)',
      check: 'adam',
    },
  ]),
  ...of('common/update.wgsl', [
    {
      what: 'the gradient is transposed within blocks (sgd)',
      from: 'return transpose(mat4x4f(',
      to: 'return (mat4x4f(',
      check: 'sgd',
    },
    {
      what: 'the gradient is transposed by blocks (sgd)',
      from: '4u * row_group * own.column_groups + column_group',
      to: '4u * column_group * own.column_groups + row_group',
      check: 'sgd',
    },
    {
      what: 'W_hᵀ is not turned within blocks (sgd)',
      from: 'let turned = transpose(entries);',
      to: 'let turned = entries;',
      check: 'sgd',
    },
    {
      what: 'W_hᵀ is not turned by blocks (sgd)',
      from: 'let turned_block = row_group * own.column_groups + column_group;',
      to: 'let turned_block = block;',
      check: 'sgd',
    },
    {
      what: 'W_yᵀ is not written (sgd)',
      from: 'if (own.transposed != 0u) {',
      to: 'if (own.transposed != 0u && index == 0u) {',
      check: 'sgd',
    },
    {
      what: 'the clip factor’s mantissa is forgotten (sgd)',
      from: 'column_group) * training.clip_mantissa;',
      to: 'column_group);',
      check: 'clipped',
    },
    {
      what: 'the clip factor’s exponent is forgotten (sgd)',
      from: 'add_exponents(product_exponents[index], training.clip_exponent)',
      to: 'product_exponents[index]',
      check: 'clipped',
    },
    {
      what: 'every array has the first one’s exponent (sgd)',
      from: 'product_exponents[index]',
      to: 'product_exponents[0]',
      check: 'sgd',
    },
    {
      what: 'not clipped by value (sgd)',
      from: 'return clamp(g, -most, most);',
      to: 'return g;',
      check: 'clippedByValue',
    },
    {
      what: 'the schedule of the first update (sgd)',
      from: 'settings[SCHEDULE + training.done % RING]',
      to: 'settings[SCHEDULE]',
      check: 'sgd',
    },
    {
      what: 'no weight decay (sgd)',
      from: 'return g + product(settings[OPTIMIZER_SETTINGS].x, value);',
      to: 'return g;',
      check: 'sgd',
    },
    {
      what: 'moments share a place (adam)',
      from: 'new_weights[end.transposed + m * end.values + at] = kept[m];',
      to: 'new_weights[end.transposed + at] = kept[m];',
      check: 'adam',
    },
    {
      what: 'g² overflows (adam)',
      from: 'let exponent = exponent_of(max(s, abs(g)));',
      to: 'let exponent = 0;',
      check: 'hugeAdam',
    },
    {
      what: 'a huge gradient is taken for none (sgd)',
      from: 'return leaves(BEYOND_GRADIENT);\n  }\n  let g',
      to: 'return 0.0;\n  }\n  let g',
      check: 'beyond',
    },
    {
      what: 'a huge step is taken for none (sgd)',
      from: '> 123) {\n    return leaves(BEYOND_WEIGHTS);\n  }\n  return a * b;',
      to: '> 123) {\n    return 0.0;\n  }\n  return a * b;',
      check: 'beyond',
    },
    {
      what: 'a huge weight is taken (sgd)',
      from: 'beyond = max(beyond, BEYOND_WEIGHTS);',
      to: '',
      check: 'beyond',
    },
    {
      what: 'a lane’s later blocks are left out (sgd)',
      from: 'block += own.lanes',
      to: 'block += 100000u',
      check: 'large',
    },
    {
      what: 'the norm of the new weights (sgd)',
      from: 'with_block(weight_norm, changed.before)',
      to: 'with_block(weight_norm, changed.after)',
      check: 'sgd',
    },
  ]),
  ...of('common/reduction.wgsl', [
    {
      what: 'one thread is left out (training_record)',
      from: 'var sum = offered_sums[0][index];',
      to: 'var sum = 0.0;',
      check: 'trainingRecord',
    },
  ]),
  ...of('common/parameters.wgsl', [
    {
      what: 'squares overflow (gradient_norms)',
      from: 'let v = entries[i] * scale0 * scale1;',
      to: 'let v = entries[i];',
      check: 'gradientNorms',
    },
    {
      what: 'exponents are not made equal (training_record)',
      from: 'max(2 * (norm.exponent - exponent), -252)',
      to: '0',
      check: 'trainingRecord',
    },
    {
      what: 'only the last block (gradient_norms)',
      from: 'var sum = at_exponent(norm, exponent);',
      to: 'var sum = 0.0;',
      check: 'largeGradientNorms',
    },
  ]),
  ...of('gradient_norms.wgsl', [
    {
      what: 'what is not finite is not seen',
      from: 'broken = true;',
      to: '',
      check: 'gradientNorms',
    },
    {
      what: 'blocks overlap',
      from: 'own.gradient + block * 4u + i',
      to: 'own.gradient + block * 3u + i',
      check: 'gradientNorms',
    },
  ]),
  ...of('clip_factor.wgsl', [
    {
      what: 'each array by its own norm',
      from: 'sum += at_exponent(norms[i], top);',
      to: 'sum = at_exponent(norms[i], top);',
      check: 'clipFactor',
    },
    {
      what: 'the product’s exponent is forgotten',
      from: 'RowNorm(sum, add_exponents(top, product_exponents[index]))',
      to: 'RowNorm(sum, top)',
      check: 'clipFactor',
    },
    {
      what: 'small gradients are made larger',
      from: 'if (distance < -60 || (distance < 60 && scale_by(root, distance) <= mantissa)) {',
      to: 'if (distance < -999999) {',
      check: 'clipFactor',
    },
    {
      what: 'the square of the norm',
      from: 'sqrt(norm.sum_of_squares)',
      to: 'norm.sum_of_squares',
      check: 'clipFactor',
    },
    {
      what: 'the overflow is ignored',
      from: 'if (first_overflow[0] <= params.steps) {',
      to: 'if (first_overflow[0] < 1u) {',
      check: 'clipFactor',
    },
    {
      what: 'a NaN is ignored',
      from: 'if (loss.exponent == BEYOND_GRADIENT) {',
      to: 'if (loss.exponent == 77) {',
      check: 'clipFactor',
    },
    {
      what: 'the target is passed',
      from: 'if (value <= limits.z) {',
      to: 'if (value < limits.z - 1.0) {',
      check: 'clipFactor',
    },
    {
      what: 'any decrease is progress',
      from: 'training.best - LEAST_PROGRESS * abs(training.best)',
      to: 'training.best',
      check: 'clipFactor',
    },
    {
      what: 'patience never ends',
      from: 'age >= u32(limits.w)',
      to: 'age > 1000u',
      check: 'clipFactor',
    },
    {
      what: 'a stop is forgotten',
      from: 'if (thread != 0u || training.stop != 0u) {',
      to: 'if (thread != 0u) {',
      check: 'clipFactor',
    },
  ]),
  ...of('common/training.wgsl', [
    {
      what: 'records have no turns (training_record)',
      from: 'const RING: u32 = 256u;',
      to: 'const RING: u32 = 255u;',
      check: 'trainingRecord',
    },
  ]),
  ...of('training_record.wgsl', [
    {
      what: 'a lost weight is ignored',
      from: 'if (top >= BEYOND_WEIGHTS) {',
      to: 'if (top > 2 * BEYOND_WEIGHTS - 1) {',
      check: 'trainingRecord',
    },
    {
      what: 'the update is not counted',
      from: 'training.done++;',
      to: '',
      check: 'trainingRecord',
    },
    {
      what: 'the stop is not cleared',
      from: 'first_overflow[0] = params.steps + 1u;',
      to: '',
      check: 'trainingRecord',
    },
    {
      what: 'the exponents are not cleared',
      from: 'product_exponents[i] = 2 * ZERO_EXPONENT;',
      to: '',
      check: 'trainingRecord',
    },
    {
      what: 'changes for weights',
      from: 'index >= PARAMETER_ARRAYS);',
      to: 'false);',
      check: 'trainingRecord',
    },
  ]),
];
