import type { RunConfiguration } from '../model/configuration';
import type { Reals, Targets } from '../model/problem';
import { copyContentLength } from './copy';
import { taskOf } from './registry';
import type { Task, Vocabulary } from './task';

/** A sum counts as right within this (Hochreiter, Schmidhuber 1997, experiment 4). */
export const RIGHT_SUM = 0.04;

/** What people understand of a task's predictions. Shares are 0…1; of sequences unless said otherwise. */
export type Score =
  | {
      readonly kind: 'adding';
      /** Of the sum at T */
      readonly meanSquaredError: number;
      readonly meanError: number;
      /** |error| ≤ 0.04 */
      readonly right: number;
      /** Mean squared error of always answering 1 */
      readonly chance: number;
      readonly sequences: number;
    }
  | {
      readonly kind: 'copy';
      /** Share of the symbols to recall, blanks not counted */
      readonly right: number;
      /** Nats per symbol; null where y is no distribution */
      readonly crossEntropy: number | null;
      /** Of guessing among the 8 symbols */
      readonly chance: { readonly right: number; readonly crossEntropy: number };
      /** To recall in each sequence */
      readonly symbols: number;
      readonly sequences: number;
    }
  | ClassScore<'temporalOrder'>
  | ClassScore<'latch'>
  | {
      readonly kind: 'text';
      /** Null where y is no distribution */
      readonly bitsPerCharacter: number | null;
      /** V */
      readonly classes: number;
      /** log2 V, of guessing among the classes */
      readonly uniformBits: number;
      /** The entropy of the text's own frequencies */
      readonly unigramBits: number;
      /** Share of the characters, taking the likeliest */
      readonly right: number;
      /** Always answering the most frequent one */
      readonly chance: number;
      readonly characters: number;
    }
  | {
      readonly kind: 'series';
      /** Root mean square errors in the data's own unit: of the network … */
      readonly error: number;
      /** … of answering the value just read … */
      readonly persistence: number;
      /** … and of answering the mean of the whole series */
      readonly mean: number;
      readonly values: number;
    }
  | {
      readonly kind: 'sine';
      /** Root mean square error from step 3 on: before that nobody knows the period */
      readonly error: number;
      /** Of answering 0: √½ */
      readonly chance: number;
      readonly sequences: number;
    };
/** Of one answer at T */
interface ClassScore<K> {
  readonly kind: K;
  readonly right: number;
  readonly chance: number;
  readonly sequences: number;
}
export type ScoreOf<K extends Score['kind']> = Extract<Score, { readonly kind: K }>;

interface Scored {
  readonly T: number;
  readonly B: number;
  /** x_t [T,B,I] */
  readonly inputs: Reals;
  /** ŷ_t: [T,B] classes, or [T,B,O] */
  readonly targets: Targets;
}

type Network = Pick<RunConfiguration, 'task' | 'loss' | 'outputActivation'>;

/**
 * The score of predictions y [T,B,O]. It is about the question that the task asks, at the steps at
 * which the task asks it, wherever the configuration's loss sits. Null where there is nothing to
 * score, such as a copy of no symbols, and for predictions that are not finite.
 */
export function scoreOf(network: Network, data: Scored, outputs: Reals): Score | null {
  if (!outputs.every(Number.isFinite)) return null;
  const task = taskOf(network.task);
  switch (task.id) {
    case 'adding':
      return ofAdding(data, outputs);
    case 'copy':
      return ofCopy(network, task, data, outputs);
    case 'temporalOrder':
      return ofTemporalOrder(task, data, outputs);
    case 'latch':
      return ofLatch(network, data, outputs);
    case 'text':
      return ofText(network, task, data, outputs);
    case 'series':
      return ofSeries(task, data, outputs);
    case 'sine':
      return ofSine(data, outputs);
  }
}

/** The mean of `value` over the rows from…to − 1. */
function meanOver(from: number, to: number, value: (row: number) => number): number {
  let sum = 0;
  for (let row = from; row < to; row++) sum += value(row);
  return sum / (to - from);
}

function numbersOf(targets: Targets): Reals {
  if (targets.kind !== 'dense') throw new Error('This task has numbers as targets.');
  return targets.values;
}

function largest(values: Reals, from: number, count: number): number {
  let best = 0;
  for (let i = 1; i < count; i++) if (values[from + i]! > values[from + best]!) best = i;
  return best;
}

/** One-hot rows, as losses on components have them, are classes too. */
function classAt(targets: Targets, row: number, O: number): number {
  return targets.kind === 'class' ? targets.indices[row]! : largest(targets.values, row * O, O);
}

/** 1 where the likeliest class is the target. */
const isRight = (data: Scored, outputs: Reals, O: number) => (row: number) =>
  largest(outputs, row * O, O) === classAt(data.targets, row, O) ? 1 : 0;

/**
 * −ln p of the target's class; null where y is no distribution. With softmax, p = 0 in float64
 * counts as the least positive number: 745 nats.
 */
function surprise(
  { loss, outputActivation }: Network,
  data: Scored,
  outputs: Reals,
  O: number,
): ((row: number) => number) | null {
  if (outputActivation === 'softmax') {
    return (row) =>
      -Math.log(Math.max(Number.MIN_VALUE, outputs[row * O + classAt(data.targets, row, O)]!));
  }
  // The logits themselves are shown, and cross-entropy takes them through a softmax.
  if (outputActivation !== 'identity' || loss !== 'crossEntropy') return null;
  return (row) => {
    const most = outputs[row * O + largest(outputs, row * O, O)]!;
    let sum = 0;
    for (let i = 0; i < O; i++) sum += Math.exp(outputs[row * O + i]! - most);
    return most - outputs[row * O + classAt(data.targets, row, O)]! + Math.log(sum);
  };
}

function ofAdding({ T, B, targets }: Scored, outputs: Reals): Score {
  const values = numbersOf(targets);
  const over = (value: (error: number) => number) =>
    meanOver((T - 1) * B, T * B, (row) => value(outputs[row]! - values[row]!));
  return {
    kind: 'adding',
    meanSquaredError: over((error) => error ** 2),
    meanError: over(Math.abs),
    right: over((error) => (Math.abs(error) <= RIGHT_SUM ? 1 : 0)),
    chance: 1 / 6,
    sequences: B,
  };
}

function ofCopy(network: Network, { O }: Task, data: Scored, outputs: Reals): Score | null {
  const { T, B } = data;
  const symbols = copyContentLength(T);
  if (symbols === 0) return null;
  const of = surprise(network, data, outputs, O);
  const from = (T - symbols) * B;
  return {
    kind: 'copy',
    right: meanOver(from, T * B, isRight(data, outputs, O)),
    crossEntropy: of && meanOver(from, T * B, of),
    chance: { right: 1 / 8, crossEntropy: Math.log(8) },
    symbols,
    sequences: B,
  };
}

function ofTemporalOrder({ O }: Task, data: Scored, outputs: Reals): Score {
  const { T, B } = data;
  const right = meanOver((T - 1) * B, T * B, isRight(data, outputs, O));
  // With one step there is one symbol.
  return { kind: 'temporalOrder', right, chance: T === 1 ? 1 / 2 : 1 / 4, sequences: B };
}

function ofLatch({ loss, outputActivation }: Network, data: Scored, outputs: Reals): Score {
  const { T, B, targets } = data;
  const values = numbersOf(targets);
  // Halfway between the classes; a logit where binary cross-entropy is shown without its sigmoid.
  const half = loss === 'bce' && outputActivation === 'identity' ? 0 : 0.5;
  const right = meanOver((T - 1) * B, T * B, (row) =>
    outputs[row]! > half === values[row]! > 0.5 ? 1 : 0,
  );
  return { kind: 'latch', right, chance: 1 / 2, sequences: B };
}

function ofText(network: Network, { O, vocabulary }: Task, data: Scored, outputs: Reals): Score {
  const rows = data.T * data.B;
  const of = surprise(network, data, outputs, O);
  const p = frequencies(vocabulary!);
  return {
    kind: 'text',
    bitsPerCharacter: of && meanOver(0, rows, of) / Math.LN2,
    classes: O,
    uniformBits: Math.log2(O),
    unigramBits: p.reduce((sum, q) => sum - q * Math.log2(q), 0),
    right: meanOver(0, rows, isRight(data, outputs, O)),
    chance: Math.max(...p),
    characters: rows,
  };
}

function frequencies({ characters, otherCount, length }: Vocabulary): number[] {
  const counts = characters.map(({ count }) => count);
  return [...counts, otherCount].filter((count) => count > 0).map((count) => count / length);
}

function ofSeries({ standardisation }: Task, data: Scored, outputs: Reals): Score {
  const { T, B, inputs, targets } = data;
  const values = numbersOf(targets);
  const rootMean = (prediction: (row: number) => number) =>
    standardisation!.sd *
    Math.sqrt(meanOver(0, T * B, (row) => (prediction(row) - values[row]!) ** 2));
  return {
    kind: 'series',
    error: rootMean((row) => outputs[row]!),
    persistence: rootMean((row) => inputs[row]!),
    mean: rootMean(() => 0),
    values: T * B,
  };
}

function ofSine({ T, B, targets }: Scored, outputs: Reals): Score {
  const values = numbersOf(targets);
  const from = T > 2 ? 2 * B : 0;
  const square = meanOver(from, T * B, (row) => (outputs[row]! - values[row]!) ** 2);
  return { kind: 'sine', error: Math.sqrt(square), chance: Math.SQRT1_2, sequences: B };
}
