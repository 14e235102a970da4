import { describe, expect, it } from 'vitest';
import { GpuEngine } from '../../src/engine/gpu/engine';
import { registerLayout } from '../../src/engine/gpu/planner';
import { shaderSources } from '../../src/engine/gpu/shaderSources';
import { BpttError } from '../../src/model/errors';
import type { Problem } from '../../src/model/problem';
import { chain } from '../support/problems';
import { randomProblem } from '../support/randomProblem';
import { expectAgreement } from './agreement';
import { asSlow, gpuEngine } from './support';
import { SURFACE_MUTANTS } from './surfaceMutants';
import { TRAINING_MUTANTS } from './trainingMutants';

/** tanh′(60) = 2^−171: every δ lies far below the floats. */
const saturated: Problem = {
  ...chain(3, 0.5, { activation: 'tanh', lossEverywhere: true }),
  inputs: Float64Array.of(60, -61, 62),
};

/** What each mutant is shown by; every one of them must pass unmutated. */
const PROBLEMS = {
  small: randomProblem({ T: 12, B: 3, I: 5, H: 6, O: 3, cuts: [5, 9], seed: 21 }),
  // Padded units have f(0) = ½.
  sigmoid: randomProblem({ T: 9, B: 2, I: 3, H: 5, O: 2, activation: 'sigmoid', seed: 22 }),
  classes: randomProblem({
    ...{ T: 8, B: 2, I: 3, H: 6, O: 5, cuts: [4], seed: 23 },
    ...{ outputActivation: 'softmax', loss: 'crossEntropy' },
  }),
  probabilities: randomProblem({
    ...{ T: 7, B: 2, I: 3, H: 6, O: 3, seed: 24 },
    ...{ outputActivation: 'sigmoid', loss: 'bce' },
  }),
  softmaxSquares: randomProblem({ T: 7, B: 2, H: 6, O: 5, outputActivation: 'softmax', seed: 25 }),
  tanhSquares: randomProblem({ T: 7, B: 2, H: 6, O: 5, outputActivation: 'tanh', seed: 26 }),
  // The only loss is at the end: e_1 is near 2^−400.
  vanishing: randomProblem({
    ...{ T: 200, B: 2, I: 2, H: 5, O: 2, gain: 0.25, cuts: [3], seed: 27 },
    lossWeights: Array.from({ length: 200 }, (_, t) => (t === 199 ? 1 : 0)),
  }),
  // Several chunks of the time loops (see `check`).
  long: randomProblem({ T: 4500, B: 1, I: 2, H: 3, O: 1, gain: 0.6, cuts: [17], seed: 28 }),
  saturated,
  overflowing: {
    ...chain(300, 2, { initialState: 1, lossEverywhere: true }),
    inputs: new Float64Array(300).fill(1),
  },
  registers: randomProblem({ T: 500, B: 2, I: 3, H: 32, O: 2, gain: 0.7, cuts: [40], seed: 29 }),
  sigmoidRegisters: randomProblem({
    ...{ T: 600, B: 1, I: 3, H: 30, O: 2, activation: 'sigmoid', cuts: [40], seed: 30 },
  }),
  reset: randomProblem({ T: 12, B: 3, I: 5, H: 6, O: 3, resets: [4, 9], seed: 31 }),
  resetAtOne: randomProblem({ T: 5, B: 2, I: 2, H: 6, O: 3, resets: [1], seed: 32 }),
  resetRegisters: randomProblem({
    ...{ T: 500, B: 2, I: 3, H: 32, O: 2, gain: 0.7, resets: [40, 300], seed: 33 },
  }),
  windows: randomProblem({
    ...{ T: 40, B: 2, I: 3, H: 6, O: 2, gain: 0.4, window: { depth: 9, every: 2 }, seed: 34 },
  }),
  windowRegisters: randomProblem({
    ...{ T: 500, B: 2, I: 3, H: 32, O: 2, gain: 0.7, window: { depth: 30, every: 7 }, seed: 35 },
  }),
  // f′ is 2^−90 and less: δ_t lies far below e_t.
  windowsSaturated: {
    ...chain(6, 0.5, { activation: 'tanh', lossEverywhere: true }),
    inputs: Float64Array.of(30, -31, 32, -33, 34, 35),
    window: { depth: 3, every: 1 },
  },
} satisfies Record<string, Problem>;
type ProblemName = keyof typeof PROBLEMS;

interface Mutant {
  readonly what: string;
  readonly file: string;
  /** Occurs exactly once. */
  readonly from: string;
  readonly to: string;
  readonly problem: ProblemName;
}

const of = (file: string, mutants: readonly Omit<Mutant, 'file'>[]): Mutant[] =>
  mutants.map((mutant) => ({ ...mutant, file }));

const MUTANTS: readonly Mutant[] = [
  ...of('affine.wgsl', [
    {
      what: 'the matrix is transposed by blocks',
      from: 'blocks[column * sizes.out_groups + group]',
      to: 'blocks[group * sizes.in_groups + column]',
      problem: 'small',
    },
    {
      what: 'the matrix is transposed within blocks',
      from: 'sum2 += block * input[in2 + column]',
      to: 'sum2 += input[in2 + column] * block',
      problem: 'small',
    },
    {
      what: 'the bias is dropped',
      from: 'var sum1 = b;',
      to: 'var sum1 = vec4f(0.0);',
      problem: 'small',
    },
    {
      what: 'z_t from h_{t−1}',
      from: 'let in3 = (min(row + 3u, last) + sizes.in_row_offset)',
      to: 'let in3 = min(row + 3u, last)',
      problem: 'small',
    },
  ]),
  ...of('forward.wgsl', [
    {
      what: 'W_h is transposed by blocks',
      from: 'recurrent_blocks[column * groups + group]',
      to: 'recurrent_blocks[group * groups + column]',
      problem: 'small',
    },
    {
      what: 'W_h is transposed within blocks',
      from: 'recurrent_blocks[column * groups + group] * state[current][column]',
      to: 'state[current][column] * recurrent_blocks[column * groups + group]',
      problem: 'small',
    },
    { what: 'a reset is ignored', from: 'a) * kept;', to: 'a);', problem: 'reset' },
    {
      what: 'a reset one step late',
      from: 'retained[step];',
      to: 'retained[step - 1u];',
      problem: 'reset',
    },
    {
      what: 'a chunk begins with the state before a reset',
      from: ' * retained[chunk.first_step - 1u]',
      to: '',
      problem: 'resetAtOne',
    },
    { what: 'the state stays h_0', from: 'current = 1u - current;', to: '', problem: 'small' },
    {
      what: 'every chunk starts from h_0',
      from: '((chunk.first_step - 1u) * params.batch + entry)',
      to: 'entry',
      problem: 'long',
    },
  ]),
  ...of('forward_registers.wgsl', [
    {
      what: 'W_h is transposed by blocks',
      from: 'recurrent_blocks[{c}u * HIDDEN_GROUPS + group + {r}u]',
      to: 'recurrent_blocks[(group + {r}u) * HIDDEN_GROUPS + {c}u]',
      problem: 'registers',
    },
    {
      what: 'W_h is transposed within blocks',
      from: 'a_{r} += weights_{r}_{c} * h_{c};',
      to: 'a_{r} += h_{c} * weights_{r}_{c};',
      problem: 'registers',
    },
    {
      what: 'a reset is ignored',
      from: 'a_{r}) * kept;',
      to: 'a_{r});',
      problem: 'resetRegisters',
    },
    { what: 'the state stays h_0', from: 'current = 1u - current;', to: '', problem: 'registers' },
    {
      what: 'h_0 is taken from the wrong batch entry',
      from: '((chunk.first_step - 1u) * params.batch + entry)',
      to: '((chunk.first_step - 1u) * params.batch)',
      problem: 'registers',
    },
  ]),
  ...of('common/recurrence.wgsl', [
    {
      what: 'padded units are not masked',
      from: 'inside(group, params.hidden_width) * vec4f(',
      to: 'vec4f(',
      problem: 'sigmoid',
    },
    {
      what: 'padded units are not masked (registers)',
      from: 'inside(group, params.hidden_width) * vec4f(',
      to: 'vec4f(',
      problem: 'sigmoidRegisters',
    },
    {
      what: 'a_t is not kept',
      from: 'pre_activations[row * groups + group] = a;',
      to: '',
      problem: 'small',
    },
    {
      what: 'h_t is written a step early',
      from: 'hidden_states[(row + params.batch) * groups + group] = h;',
      to: 'hidden_states[row * groups + group] = h;',
      problem: 'small',
    },
  ]),
  ...of('overflow.wgsl', [
    {
      what: 'only infinities count',
      from: 'STATE_LIMIT: u32 = 0x7cf0bdc2u',
      to: 'STATE_LIMIT: u32 = 0x7f7fffffu',
      problem: 'overflowing',
    },
    {
      what: 'the step is counted from 0',
      from: 'row / params.batch + 1u',
      to: 'row / params.batch',
      problem: 'overflowing',
    },
    {
      what: 'signs count as magnitude',
      from: 'MAGNITUDE: u32 = 0x7fffffffu',
      to: 'MAGNITUDE: u32 = 0xffffffffu',
      problem: 'small',
    },
  ]),
  ...of('slopes.wgsl', [
    {
      what: 'rows are not normalised',
      from: 'scale_by(s.mantissa, s.exponent - exponent)',
      to: 'scale_by(s.mantissa, s.exponent)',
      problem: 'saturated',
    },
    {
      what: 'the exponent is not kept',
      from: '.slope = exponent;',
      to: '.slope = 0;',
      problem: 'saturated',
    },
    {
      what: 'the overflow is ignored',
      from: 'min(params.steps + 1u, first_overflow[0]) * params.batch - params.batch',
      to: 'params.batch',
      problem: 'small',
    },
  ]),
  ...of('common/activation.wgsl', [
    {
      what: 'tanh′ of a wrong argument',
      from: 'exp_scaled(-2.0 * min(abs(a), 10000.0))',
      to: 'exp_scaled(-min(abs(a), 10000.0))',
      problem: 'small',
    },
  ]),
  ...of('loss.wgsl', [
    {
      what: 'w_t of the next step',
      from: 'loss_weights[step]',
      to: 'loss_weights[min(step + 1u, params.steps - 1u)]',
      problem: 'small',
    },
    {
      what: 'no mean over the batch',
      from: 'weight / f32(params.batch)',
      to: 'weight',
      problem: 'small',
    },
    {
      what: 'w_t is missing in the gradient',
      from: 'scale_by(logit_gradients[base + i], -gradient_exponent) * factor_mantissa',
      to: 'scale_by(logit_gradients[base + i], -gradient_exponent)',
      problem: 'small',
    },
    {
      what: 'the gradient’s exponent is forgotten',
      from: '= gradient_exponent + shift + factor_exponent;',
      to: '= shift + factor_exponent;',
      problem: 'small',
    },
    {
      what: 'cross-entropy’s gradient has a wrong sign',
      from: '/ sum, -target_value);',
      to: '/ sum, target_value);',
      problem: 'classes',
    },
    {
      what: 'bce’s gradient without its target',
      from: '/ (1.0 + e) - target_value;',
      to: '/ (1.0 + e);',
      problem: 'probabilities',
    },
    {
      what: 'softmax’s Jacobian is diagonal',
      from: 'gradient = y * (difference - along);',
      to: 'gradient = y * difference;',
      problem: 'softmaxSquares',
    },
    {
      what: 'g′ is dropped',
      from: 'difference * output_slope(logits[base + i])',
      to: 'difference',
      problem: 'tanhSquares',
    },
  ]),
  ...of('common/row_loss.wgsl', [
    {
      what: 'cross-entropy without the logarithm of the sum',
      from: '(sums.largest - logit_at(base, i)) + log_rest',
      to: '(sums.largest - logit_at(base, i))',
      problem: 'classes',
    },
    {
      what: 'the class index is off by one',
      from: 'targets[row] == component',
      to: 'targets[row] + 1u == component',
      problem: 'classes',
    },
  ]),
  ...(['small', 'registers'] as const).flatMap((problem) =>
    of('common/error_recursion.wgsl', [
      { what: 'f′ is dropped', from: 'delta = slopes[at] * e;', to: 'delta = e;', problem },
      {
        what: 'a cut is ignored',
        from: 'let link = select(0.0, links[lane.links + step], step + 1u < end);',
        to: 'let link = select(0.0, 1.0, step + 1u < end);',
        problem,
      },
      {
        what: 'a cut one step off',
        from: 'links[lane.links + step]',
        to: 'links[lane.links + min(step + 1u, params.steps)]',
        problem,
      },
      {
        what: 'the injected term is dropped',
        from: 'e += injected[at] * scales.injected;',
        to: '',
        problem,
      },
      {
        what: 'the injected term’s exponent is forgotten',
        from: 'e += injected[at] * scales.injected;',
        to: 'e += injected[at];',
        problem,
      },
      {
        what: 'the carried term’s exponent is forgotten',
        from: 'link * power_of_two(carried_exponent - scales.exponent)',
        to: 'link',
        problem,
      },
      {
        what: 'the slopes’ exponent is forgotten',
        from: 'add_exponents(scales.exponent, slope_exponent)',
        to: 'scales.exponent',
        problem,
      },
      {
        what: '∂L/∂h_0 is left out',
        from: 'select(i32(chunk.first_step), 0, chunk.first_step == 1u)',
        to: 'i32(chunk.first_step)',
        problem,
      },
    ]),
  ),
  ...(['windows', 'windowRegisters'] as const).flatMap((problem) =>
    of('common/error_recursion.wgsl', [
      {
        what: 'every lane has every loss',
        from: 'if (own_loss != 0.0) {',
        to: 'if (own_loss >= 0.0) {',
        problem,
      },
      {
        what: 'every lane has the links of the first',
        from: '(chunk.first_lane + index) * 2u * steps',
        to: 'chunk.first_lane * 2u * steps',
        problem,
      },
      {
        what: 'every lane has the exponents of the first',
        from: 'chunk.exponent_rows + index * rows',
        to: 'chunk.exponent_rows',
        problem,
      },
    ]),
  ),
  ...of('sum_lanes.wgsl', [
    {
      what: 'a lane is left out',
      from: 'var term = first; term <= sizes.lanes; term++) {\n        let',
      to: 'var term = first; term < sizes.lanes; term++) {\n        let',
      problem: 'windows',
    },
    {
      what: 'the lanes’ exponents are not made equal',
      from: 'scaled_to(term_value(term, row, group), carried - top)',
      to: 'term_value(term, row, group)',
      problem: 'windows',
    },
    {
      what: 'δ_t has e_t’s exponents',
      from: 'select(exponents.error_signal, exponents.state_gradient, sizes.exponent_kind == 2u)',
      to: 'exponents.state_gradient',
      problem: 'windowsSaturated',
    },
  ]),
  ...of('previous_state_norms.wgsl', [
    {
      what: 'resets are ignored',
      from: 'norm = RowNorm(0.0, ZERO_EXPONENT);',
      to: '',
      problem: 'reset',
    },
    {
      what: 'resets a step late',
      from: 'retained[row / sizes.batch]',
      to: 'retained[max(row / sizes.batch, 1u) - 1u]',
      problem: 'reset',
    },
  ]),
  ...of('common/error_recursion.wgsl', [
    {
      what: 'the signal’s exponent is not carried on',
      from: 'add_exponents(signal_exponent, peak_exponent)',
      to: 'peak_exponent',
      problem: 'vanishing',
    },
  ]),
  ...of('backward.wgsl', [
    {
      what: 'W_hᵀ is transposed by blocks',
      from: 'transposed_blocks[column * groups + group]',
      to: 'transposed_blocks[group * groups + column]',
      problem: 'small',
    },
    {
      what: 'W_hᵀ is transposed within blocks',
      from: 'transposed_blocks[column * groups + group] * (signal[current][column] * scales.normalise)',
      to: '(signal[current][column] * scales.normalise) * transposed_blocks[column * groups + group]',
      problem: 'small',
    },
    {
      what: 'δ is not normalised',
      from: '(signal[current][column] * scales.normalise)',
      to: 'signal[current][column]',
      problem: 'small',
    },
    {
      what: 'the exponent is forgotten between chunks',
      from: 'signal_exponent = row_exponents[lane.exponents + next * params.batch + entry].error_signal;',
      to: 'signal_exponent = 0;',
      problem: 'long',
    },
    {
      what: 'δ is forgotten between chunks',
      from: 'if (next < end) {',
      to: 'if (next < 1u) {',
      problem: 'long',
    },
  ]),
  ...of('backward_registers.wgsl', [
    {
      what: 'W_hᵀ is transposed by blocks',
      from: 'transposed_blocks[{c}u * HIDDEN_GROUPS + group + {r}u]',
      to: 'transposed_blocks[(group + {r}u) * HIDDEN_GROUPS + {c}u]',
      problem: 'registers',
    },
    {
      what: 'W_hᵀ is transposed within blocks',
      from: 'carried_{r} += weights_{r}_{c} * signal_{c};',
      to: 'carried_{r} += signal_{c} * weights_{r}_{c};',
      problem: 'registers',
    },
    {
      what: 'δ is not normalised',
      from: 'signal[current][{c}u] * scales.normalise',
      to: 'signal[current][{c}u]',
      problem: 'registers',
    },
    {
      what: 'the exponent is not carried on',
      from: 'signal_exponent = scales.signal_exponent;',
      to: '',
      problem: 'registers',
    },
  ]),
  ...of('row_norms.wgsl', [
    {
      what: 'the carried exponent is forgotten',
      from: 'add_exponents(exponent, carried)',
      to: 'exponent',
      problem: 'small',
    },
    {
      what: 'e_t has δ_t’s exponent',
      from: 'return exponents.state_gradient;',
      to: 'return exponents.error_signal;',
      problem: 'saturated',
    },
    {
      what: 'the last group is left out',
      from: 'sum += dot(v, v);',
      to: 'sum = dot(v, v);',
      problem: 'small',
    },
  ]),
  ...of('step_norms.wgsl', [
    {
      what: 'the rows’ exponents are not made equal',
      from: 'max(2 * (norm.exponent - exponent), -252)',
      to: '0',
      problem: 'small',
    },
    {
      what: 'only one batch entry',
      from: 'sum += scale_by',
      to: 'sum = scale_by',
      problem: 'small',
    },
    { what: 'h_{t−1} for h_t', from: 'sizes.row_offset + step', to: 'step', problem: 'small' },
  ]),
  ...of('product_exponents.wgsl', [
    {
      what: '∂L/∂b’s exponent is forgotten',
      from: 'top[2] = max(top[2], error_signal);',
      to: 'top[2] = 0;',
      problem: 'saturated',
    },
    {
      what: '∂L/∂W_h’s exponent is forgotten',
      from: 'max(top[0], error_signal + previous_state_norms[row].exponent)',
      to: '0',
      problem: 'saturated',
    },
    { what: 'the least, not the largest', from: 'atomicMax(', to: 'atomicMin(', problem: 'small' },
  ]),
  ...of('weight_gradient.wgsl', [
    {
      what: 'h_t for h_{t−1}',
      from: 'let base = (row + sizes.right_row_offset) * sizes.right_groups;',
      to: 'let base = (row + sizes.batch) * sizes.right_groups;',
      problem: 'small',
    },
    {
      what: 'the bias gradient is dropped',
      from: 'var right0 = vec4f(1.0, 0.0, 0.0, 0.0);',
      to: 'var right0 = vec4f(0.0);',
      problem: 'small',
    },
    {
      what: 'the rows’ exponents are forgotten',
      from: 'power_of_two(carried + right_exponent - product_exponent)',
      to: 'power_of_two(right_exponent)',
      problem: 'small',
    },
    {
      what: 'a part’s last row is left out',
      from: 'row < end; row++',
      to: 'row + 1u < end; row++',
      problem: 'small',
    },
    {
      what: '∂L/∂W_y has δ_t’s exponents',
      from: 'select(exponents.error_signal, exponents.logit_gradient, sizes.exponent_kind == 1u)',
      to: 'exponents.error_signal',
      problem: 'saturated',
    },
    {
      what: 'transposed within a tile',
      from: 'vec4f(sum00[0][j], sum00[1][j], sum00[2][j], sum00[3][j])',
      to: 'sum00[j]',
      problem: 'small',
    },
  ]),
  ...of('sum_partials.wgsl', [
    {
      what: 'only the first part',
      from: 'part < sizes.parts',
      to: 'part < 1u',
      problem: 'vanishing',
    },
  ]),
  ...of('contributions.wgsl', [
    {
      what: 'the states are left out',
      from: 'sum += scale_by(signal_dot * state_dot,',
      to: 'sum += scale_by(signal_dot,',
      problem: 'small',
    },
    {
      what: 'batch entries are not mixed',
      from: 'let first = row / params.batch * params.batch;',
      to: 'let first = row;',
      problem: 'small',
    },
  ]),
  ...of('lag_map.wgsl', [
    {
      what: 'f′ is dropped',
      from: 'let delta = slopes[at] * e;',
      to: 'let delta = e;',
      problem: 'small',
    },
    {
      what: 'W_hᵀ is transposed by blocks',
      from: 'transposed_blocks[column_group * groups + group_{r}]',
      to: 'transposed_blocks[group_{r} * groups + column_group]',
      problem: 'small',
    },
    {
      what: 'W_hᵀ is transposed within blocks',
      from: 'e_{r}_{c} += weights_{r} * signal_{c};',
      to: 'e_{r}_{c} += signal_{c} * weights_{r};',
      problem: 'small',
    },
    {
      what: 'a cut is ignored',
      from: 'let link = links[step];',
      to: 'let link = max(links[step], 1.0);',
      problem: 'small',
    },
    {
      what: 'every column has the losses between',
      from: 'if (born) {',
      to: 'if (step <= block_first + column) {',
      problem: 'small',
    },
    {
      what: 'the exponent is forgotten',
      from: 'norm.exponent = add_exponents(norm.exponent, exponent);',
      to: '',
      problem: 'small',
    },
  ]),
  ...of('heat_map.wgsl', [
    { what: 'h_{t−1} for h_t', from: '(row + sizes.row_offset)', to: 'row', problem: 'small' },
    { what: 'greatest for least', from: 'least = min(', to: 'least = max(', problem: 'small' },
    {
      what: 'the exponent is forgotten',
      from: 'f32(exponent + carried)',
      to: 'f32(exponent)',
      problem: 'small',
    },
    { what: 'another batch entry', from: '+ sizes.entry', to: '', problem: 'small' },
  ]),
];

async function engineOf(sources: typeof shaderSources, isSlow: boolean): Promise<GpuEngine> {
  const { device, engine } = await gpuEngine();
  const adapter = isSlow ? asSlow(engine.adapter) : engine.adapter;
  return new GpuEngine({ device, adapter, sources });
}

/** Where the size calls for them, with the unrolled time loops. */
async function check(
  sources: typeof shaderSources,
  problem: Problem,
  withLagMap = false,
): Promise<void> {
  const engine = await engineOf(sources, problem === PROBLEMS.long);
  try {
    await engine.prepare(problem);
    await expectAgreement(engine, problem, { withLagMap });
  } finally {
    engine.dispose();
  }
}

describe('unmutated, every problem passes', () => {
  it.each(Object.entries(PROBLEMS))('%s', (_, problem) => check(shaderSources, problem));

  it.each(['small', 'classes'] as const)('%s, with its lag map', (name) =>
    check(shaderSources, PROBLEMS[name], true),
  );

  it('the problems for the unrolled loops use them, the others do not', async () => {
    const { engine } = await gpuEngine();
    for (const [name, problem] of Object.entries(PROBLEMS)) {
      const unrolled = registerLayout(problem, engine.adapter.software) !== null;
      expect([name, unrolled]).toEqual([name, /registers/i.test(name)]);
    }
  });
});

describe('mutants fail', () => {
  it('each kernel has one', () => {
    const kernels = Object.keys(shaderSources).filter((file) => !file.includes('/'));
    const mutated = new Set(
      [...MUTANTS, ...TRAINING_MUTANTS, ...SURFACE_MUTANTS].map(({ file }) => file),
    );
    for (const kernel of kernels) expect(mutated).toContain(kernel);
  });

  it.each(MUTANTS.map((mutant) => [mutant.file, mutant.what, mutant.problem, mutant] as const))(
    '%s: %s (%s)',
    async (file, _what, _problem, { from, to, problem }) => {
      const source = shaderSources[file]!;
      expect(source.split(from).length).toBe(2);
      const sources = { ...shaderSources, [file]: source.replace(from, () => to) };
      const outcome: unknown = await check(
        sources,
        PROBLEMS[problem],
        file === 'lag_map.wgsl',
      ).catch((error: unknown) => error);
      // Caught by its numbers: a mutant that does not compile would prove nothing.
      expect(outcome).toBeInstanceOf(Error);
      expect(outcome).not.toBeInstanceOf(BpttError);
    },
  );
});
