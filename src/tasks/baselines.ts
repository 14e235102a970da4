import type { RunConfiguration } from '../model/configuration';
import type { Loss, OutputActivation } from '../model/kinds';
import type { Targets } from '../model/problem';
import type { TrainingSettings } from '../model/trainingSettings';
import { lossWeights } from './buildProblem';
import { copyContentLength } from './copy';
import { taskOf } from './registry';
import type { Task } from './task';
import { relevantRanges } from './temporalOrder';
import { fixedData, windowsOf } from './trainedTargets';

/** Who predicts so; the page has a text for each. */
export const BASELINE_IDS = [
  /** Adding, loss at T: always 1 */
  'alwaysOne',
  /** Adding, loss elsewhere: the mean of what can be expected at each step */
  'stepMean',
  /** Copy: blank, then each of the symbols as likely */
  'memoryless',
  /** Temporal order and latch: each class as likely */
  'guess',
  /** Sine: always 0 */
  'alwaysZero',
  /** Text: each character as often as it occurs */
  'frequencies',
  /** Series: always the mean */
  'alwaysMean',
  /** No error at all */
  'exact',
  /** Temporal order, loss before both symbols are known: nothing but what has not been shown yet */
  'unshown',
] as const;
export type BaselineId = (typeof BASELINE_IDS)[number];

/** A loss to compare with: a horizontal line in the chart of the training loss. */
export interface Baseline {
  /** L = Σ_t w_t ℓ_t, as the page's total loss counts it: summed over t, a mean over the batch */
  readonly value: number;
  readonly id: BaselineId;
  /** For the text of the id */
  readonly params: Readonly<Record<string, number>>;
}

export interface Baselines {
  /** The best prediction without a look at the sequence; null without any loss */
  readonly chance: Baseline | null;
  /** The least that could be reached on fresh data; null where nobody knows it, or g cannot reach it */
  readonly perfect: Baseline | null;
}

const NONE: Baselines = { chance: null, perfect: null };

/**
 * The losses that frame a training of this configuration.
 *
 * Chance of a seeded task is the best prediction that knows the step and nothing of the sequence, as
 * an expectation over fresh data: a batch of few sequences lies around it, and a network that sees
 * the same few again and again can learn them by heart. Of a text or series it is the best single
 * prediction for the windows that are trained on: the page's own, or, trained on `fresh` data, those
 * that may be drawn (MOST_WINDOWS of them, evenly spread).
 * @throws BpttError 'invalid-configuration' for a text or series that is too short
 */
export function baselinesOf(
  configuration: RunConfiguration,
  trainedOn: TrainingSettings['data'] = 'fixed',
): Baselines {
  const task = taskOf(configuration.task);
  if (!task.losses.includes(configuration.loss)) return NONE;
  const weights = weightsOf(task, configuration);
  const total = sum(weights);
  if (total === 0) return NONE;
  switch (task.id) {
    case 'adding':
      return ofAdding(configuration, weights);
    case 'copy':
      return ofCopy(configuration, weights);
    case 'temporalOrder':
      return ofTemporalOrder(configuration, weights);
    case 'latch':
      return ofLatch(configuration, total);
    case 'sine':
      return ofSine(configuration, weights);
    case 'text':
      return { chance: ofText(task, configuration, weights, trainedOn), perfect: null };
    case 'series':
      return { chance: ofSeries(task, configuration, weights, trainedOn), perfect: null };
  }
}

/** w_t [T]; the data of one entry tell where the task's own loss sits. */
const weightsOf = (task: Task, { T, lossPlacement }: RunConfiguration): Float32Array =>
  lossWeights({ T, lossPlacement }, fixedData(task, T, 1).defaultLossWeights);

function sum(values: ArrayLike<number>): number {
  let result = 0;
  for (let i = 0; i < values.length; i++) result += values[i]!;
  return result;
}

const baseline = (
  id: BaselineId,
  value: number,
  params: Readonly<Record<string, number>> = {},
): Baseline => ({ id, value, params });
const EXACT = baseline('exact', 0);

/**
 * E ℓ of the best constant prediction of a class with probabilities p: with `crossEntropy` their
 * entropy, with `mse` p itself has the least E Σ(y − ŷ)²/O = Σ p(1 − p)/O, with `bce` the mean of
 * the components' binary entropies.
 */
function classLoss(loss: Loss, p: readonly number[]): number {
  const over = (term: (q: number) => number) => p.reduce((all, q) => all + term(q), 0);
  const entropy = (q: number) => (q > 0 ? -q * Math.log(q) : 0);
  switch (loss) {
    case 'crossEntropy':
      return over(entropy);
    case 'mse':
      return over((q) => q * (1 - q)) / p.length;
    case 'bce':
      return over((q) => entropy(q) + entropy(1 - q)) / p.length;
  }
}

/** [least, most] that one output y = g(z) comes to, or near. Softmax of a single output is 1. */
function rangeOf(outputActivation: OutputActivation): readonly [number, number] {
  switch (outputActivation) {
    case 'identity':
      return [-Infinity, Infinity];
    case 'sigmoid':
      return [0, 1];
    case 'tanh':
      return [-1, 1];
    case 'softmax':
      return [1, 1];
  }
}

/** E (y − ŷ)² of the best constant y that g can give: the variance, and what g cannot reach. */
function numberLoss(outputActivation: OutputActivation, mean: number, variance: number): number {
  const [least, most] = rangeOf(outputActivation);
  return variance + (Math.min(most, Math.max(least, mean)) - mean) ** 2;
}

/** 0 where g reaches every target from `least` to `most`. */
function exactWithin(
  outputActivation: OutputActivation,
  least: number,
  most: number,
): Baseline | null {
  const range = rangeOf(outputActivation);
  return range[0] <= least && most <= range[1] ? EXACT : null;
}

/**
 * The target at step t is a U_1 + b U_2, a and b whether each mark has come: mean (a + b)/2, variance
 * a/3 − a²/4 + b/3 − b²/4 with a, b their probabilities. At T both have: always 1, with the variance
 * of two uniform numbers, 2 · 1/12 = 1/6 (Le, Jaitly, Hinton 2015; "the naive strategy" of
 * Arjovsky, Shah, Bengio 2016).
 */
function ofAdding({ T, outputActivation }: RunConfiguration, weights: Float32Array): Baselines {
  const half = Math.floor(T / 2);
  let value = 0;
  let most = 0;
  for (let t = 0; t < T; t++) {
    if (weights[t] === 0) continue;
    const first = half === 0 ? 0 : Math.min(1, (t + 1) / half);
    const second = Math.max(0, (t - half + 1) / (T - half));
    const variance = first / 3 - first ** 2 / 4 + second / 3 - second ** 2 / 4;
    value += weights[t]! * numberLoss(outputActivation, (first + second) / 2, variance);
    most = Math.max(most, Math.sign(first) + Math.sign(second));
  }
  const isAtEnd = T > 1 && weights.every((w, t) => w === 0 || t === T - 1);
  return {
    chance: baseline(isAtEnd ? 'alwaysOne' : 'stepMean', value),
    perfect: exactWithin(outputActivation, 0, most),
  };
}

/**
 * Blank for certain, then each of 8 symbols as likely: K ln 8 in all, 10 ln 8/(T + 20) a step in the
 * paper's numbers (Arjovsky, Shah, Bengio 2016).
 */
function ofCopy({ T, loss }: RunConfiguration, weights: Float32Array): Baselines {
  const symbols = 8;
  const others = 2;
  const K = copyContentLength(T);
  const p = [...Array<number>(symbols).fill(1 / symbols), ...Array<number>(others).fill(0)];
  const recalled = sum(weights.subarray(T - K));
  const value = recalled * classLoss(loss, p);
  return { chance: baseline('memoryless', value, { symbols, steps: recalled }), perfect: EXACT };
}

/**
 * ln 4 with cross-entropy. Whoever knows everything shown so far still has to guess each symbol
 * that is to come: among 4, 2, 1 classes.
 */
function ofTemporalOrder({ T, loss }: RunConfiguration, weights: Float32Array): Baselines {
  const among = (classes: number) =>
    classLoss(
      loss,
      Array.from({ length: 4 }, (_, k) => (k < classes ? 1 / classes : 0)),
    );
  // A single step has room for one symbol, which counts as both.
  const classes = T === 1 ? 2 : 4;
  const { earliest, count } = relevantRanges(T);
  const [firstAt, secondAt] = earliest;
  const shownBy = (from: number, t: number) => Math.min(1, Math.max(0, (t - from + 1) / count));
  let left = 0;
  for (let t = 0; t < T; t++) {
    if (weights[t] === 0) continue;
    const [first, second] = [shownBy(firstAt, t), shownBy(secondAt, t)];
    // The second never comes before the first.
    left += weights[t]! * ((1 - first) * among(4) + (first - second) * among(2));
  }
  return {
    chance: baseline('guess', sum(weights) * among(classes), { classes }),
    perfect: left === 0 ? EXACT : baseline('unshown', left),
  };
}

/** ln 2 with `bce`, 1/4 with `mse`; the class is known from the first step on. */
function ofLatch({ loss, outputActivation }: RunConfiguration, total: number): Baselines {
  const each = loss === 'mse' ? numberLoss(outputActivation, 0.5, 0.25) : Math.LN2;
  return {
    chance: baseline('guess', total * each, { classes: 2 }),
    perfect: loss === 'mse' ? exactWithin(outputActivation, 0, 1) : EXACT,
  };
}

/**
 * A sine of random phase has mean 0 and variance ½ at every step. x_{t+1} = 2 cos(2π/period) x_t −
 * x_{t−1} takes three values to know the period, so nobody knows the targets of the first two steps.
 */
function ofSine({ outputActivation }: RunConfiguration, weights: Float32Array): Baselines {
  const isGuessed = weights[0] !== 0 || (weights[1] ?? 0) !== 0;
  return {
    chance: baseline('alwaysZero', sum(weights) * numberLoss(outputActivation, 0, 0.5)),
    perfect: isGuessed ? null : exactWithin(outputActivation, -1, 1),
  };
}

/** The entropy of the targets' own frequencies, with cross-entropy (Shannon 1951: of one letter). */
function ofText(
  task: Task,
  { T, B: own, loss }: RunConfiguration,
  weights: Float32Array,
  trainedOn: TrainingSettings['data'],
): Baseline {
  const p = new Array<number>(task.O).fill(0);
  const { targets, B } = windowsOf(task, T, own, trainedOn);
  const indices = classesOf(targets);
  const total = sum(weights);
  indices.forEach((k, row) => (p[k]! += weights[Math.floor(row / B)]! / (B * total)));
  return baseline('frequencies', total * classLoss(loss, p), { classes: task.O });
}

function classesOf(targets: Targets): Int32Array {
  if (targets.kind !== 'class') throw new Error('A text has classes as targets.');
  return targets.indices;
}

/** The mean of the targets, and their variance around it. */
function ofSeries(
  task: Task,
  { T, B: own, outputActivation }: RunConfiguration,
  weights: Float32Array,
  trainedOn: TrainingSettings['data'],
): Baseline {
  const { targets, B } = windowsOf(task, T, own, trainedOn);
  if (targets.kind !== 'dense') throw new Error('A series has numbers as targets.');
  const { values } = targets;
  const total = sum(weights);
  const mean = meanOver((row) => values[row]!);
  const variance = meanOver((row) => (values[row]! - mean) ** 2);
  return baseline('alwaysMean', total * numberLoss(outputActivation, mean, variance));

  function meanOver(value: (row: number) => number): number {
    let result = 0;
    for (let row = 0; row < T * B; row++) {
      const weight = weights[Math.floor(row / B)]!;
      if (weight !== 0) result += (weight * value(row)) / (B * total);
    }
    return result;
  }
}
