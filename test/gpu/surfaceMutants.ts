import type { shaderSources } from '../../src/engine/gpu/shaderSources';
import { checkSurfaceLoss, checkSurfaceWeights, type SurfaceLossCase } from './kernels/surface';

type Sources = typeof shaderSources;
const loss = (of: SurfaceLossCase) => (sources: Sources) => checkSurfaceLoss(of, sources);

/** What each mutant is shown by; every one of them passes unmutated. */
export const SURFACE_CHECKS = {
  weights: (sources: Sources) => checkSurfaceWeights([65, 7, 2, 4], sources),
  plain: loss({ T: 9, B: 3, I: 5, H: 6, O: 5 }),
  chunks: loss({ T: 20, B: 2, H: 6, starts: [1, 2, 9, 17] }),
  resets: loss({ T: 12, B: 2, H: 6, resets: [1, 5, 8], starts: [1, 5, 9] }),
  // Of one batch entry alone h_49 is beyond 1e37, and no logit is infinite.
  overflowing: loss({ T: 49, B: 2, activation: 'identity', gain: 4, points: 2 }),
  overflowBeforeReset: loss({
    ...{ T: 55, B: 2, activation: 'identity', gain: 4, points: 2, resets: [50], starts: [1, 50] },
  }),
  long: loss({ T: 200, B: 2, H: 3, gain: 0.5, starts: [1, 70] }),
  classes: loss({ T: 5, B: 2, O: 5, loss: 'crossEntropy' }),
  probabilities: loss({ T: 5, B: 2, O: 5, outputActivation: 'sigmoid', loss: 'bce' }),
} satisfies Record<string, (sources: Sources) => Promise<void>>;

interface SurfaceMutant {
  readonly file: string;
  readonly what: string;
  /** Occurs exactly once. */
  readonly from: string;
  readonly to: string;
  readonly check: keyof typeof SURFACE_CHECKS;
}

const of = (file: string, mutants: readonly Omit<SurfaceMutant, 'file'>[]): SurfaceMutant[] =>
  mutants.map((mutant) => ({ ...mutant, file }));

export const SURFACE_MUTANTS: readonly SurfaceMutant[] = [
  ...of('surface_weights.wgsl', [
    {
      what: 'a and b change places',
      from: 'fma(vec4f(point.y), second, fma(vec4f(point.x), first,',
      to: 'fma(vec4f(point.x), second, fma(vec4f(point.y), first,',
      check: 'weights',
    },
    {
      what: 'every tile has the first points',
      from: 'points[sizes.first_point + workgroup.y]',
      to: 'points[workgroup.y]',
      check: 'weights',
    },
  ]),
  ...of('surface_loss.wgsl', [
    {
      what: 'W_h is transposed by blocks',
      from: 'recurrent_weights + 4u * (column * groups + group)',
      to: 'recurrent_weights + 4u * (group * groups + column)',
      check: 'plain',
    },
    {
      what: 'W_x is transposed by blocks',
      from: 'input_weights + 4u * (column * groups + group)',
      to: 'input_weights + 4u * (group * params.input_groups + column)',
      check: 'plain',
    },
    {
      what: 'the weights of the first point for all',
      from: 'let input_weights = workgroup.x * (',
      to: 'let input_weights = 0u * (',
      check: 'plain',
    },
    {
      what: 'b is dropped',
      from: 'var a = weights[hidden_bias + group];',
      to: 'var a = vec4f(0.0);',
      check: 'plain',
    },
    {
      what: 'c is dropped',
      from: 'var z = weights[output_bias + group];',
      to: 'var z = vec4f(0.0);',
      check: 'plain',
    },
    { what: 'a reset is ignored', from: ' * kept;', to: ';', check: 'resets' },
    {
      what: 'a reset one step late',
      from: 'schedule[step - 1u].y',
      to: 'schedule[max(step, 2u) - 2u].y',
      check: 'resets',
    },
    {
      what: 'every chunk starts from h_0',
      from: 'select(carried_states[carried + group], initial, begins)',
      to: 'initial',
      check: 'chunks',
    },
    {
      what: 'the chunks before are forgotten',
      from: 'sum = Scaled(results[result].sum, results[result].sum_exponent);',
      to: '',
      check: 'chunks',
    },
    {
      what: 'the sums of the chunks before are forgotten',
      from: 'total = Scaled(results[result].total, results[result].total_exponent);',
      to: '',
      check: 'long',
    },
    {
      what: 'the last step of a chunk has no loss',
      from: 'add_loss(chunk.last_step, entry);',
      to: '',
      check: 'chunks',
    },
    {
      what: 'w_t of the next step',
      from: 'schedule[step].x',
      to: 'schedule[min(step + 1u, params.steps)].x',
      check: 'plain',
    },
    {
      what: 'z_t of the wrong step',
      from: '(step % 2u) * MOST_GROUPS',
      to: '((step + 1u) % 2u) * 0u',
      check: 'plain',
    },
    {
      what: 'a sum of losses is lost',
      from: 'total = add_scaled(total, sum);',
      to: '',
      check: 'long',
    },
    {
      what: 'the state may overflow',
      from: 'STATE_LIMIT: u32 = 0x7cf0bdc2u',
      to: 'STATE_LIMIT: u32 = 0x7fffffffu',
      check: 'overflowing',
    },
    {
      what: 'an overflow is forgotten between chunks',
      from: 'atomicOr(&overflowed, results[result].overflowed);',
      to: '',
      check: 'overflowBeforeReset',
    },
  ]),
  ...of('common/row_loss.wgsl', [
    {
      what: 'another target',
      from: 'targets[row * params.output_groups',
      to: 'targets[(row / 2u) * params.output_groups',
      check: 'plain',
    },
    {
      what: 'cross-entropy without the logarithm of the sum',
      from: ' + log_rest',
      to: '',
      check: 'classes',
    },
    {
      what: 'bce without ln(1 + e^−|z|)',
      from: ' + log1p_unit(',
      to: ' + 0.0 * (',
      check: 'probabilities',
    },
  ]),
];
