import type { TaskKind } from '../model/configuration';
import type { Loss } from '../model/kinds';
import type { Targets } from '../model/problem';

/** Where a task comes from. */
export interface Citation {
  readonly authors: string;
  readonly year: number;
  /** Title and place of publication. */
  readonly text: string;
}

/** What an input or output component means; the page translates the id. */
export interface Channel {
  readonly id:
    | 'value'
    | 'marker'
    | 'sum'
    | 'symbol'
    | 'blank'
    | 'delimiter'
    | 'distractor'
    | 'class'
    | 'signal'
    | 'character'
    | 'other';
  /** Which one, where there are several: a letter, a digit, a character; '' for the only one. */
  readonly label: string;
}

/** Inputs, targets and the task's own loss placement; shared between callers, never changed. */
export interface TaskData {
  /** x_t [T,B,I] */
  readonly inputs: Float32Array;
  /** ŷ_t [T,B,O], or class indices [T,B] */
  readonly targets: Targets;
  /** w_t [T], 0 or 1 */
  readonly defaultLossWeights: Float32Array;
}

/** How the characters of a text became classes. */
export interface Vocabulary {
  /** In class order: most frequent first, ties in order of appearance. */
  readonly characters: readonly { readonly character: string; readonly count: number }[];
  /** How many characters fell into the last class, "other"; 0 when there is no such class. */
  readonly otherCount: number;
  /** How many different characters the text has. */
  readonly distinct: number;
  /** Code points in the text. */
  readonly length: number;
}

/** How a series was standardised: shown value = mean + sd · x. */
export interface Standardisation {
  readonly mean: number;
  /** Population standard deviation; 1 for a constant series. */
  readonly sd: number;
  readonly count: number;
}

/** One long sequence that the entries are cut from. */
export interface Sequence {
  /** How many items it has */
  readonly length: number;
  /**
   * Data of T steps for windows of T + 1 items, entry n from item `starts[n]` (0-based) on.
   * float32-rounded; no start is beyond length − T − 1.
   */
  windows(T: number, starts: readonly number[]): TaskData;
}

export interface Task {
  readonly id: TaskKind;
  /** null for a data set of the user's own or a textbook example. */
  readonly citation: Citation | null;
  readonly I: number;
  readonly O: number;
  readonly inputChannels: readonly Channel[];
  readonly outputChannels: readonly Channel[];
  /** The sensible losses, the default first. */
  readonly losses: readonly [Loss, ...Loss[]];
  /** Whether `dataSeed` changes the data. */
  readonly seeded: boolean;
  /** The greatest T for which there is data. */
  readonly longestT: number;
  readonly vocabulary?: Vocabulary;
  readonly standardisation?: Standardisation;
  /** Text and series only */
  readonly sequence?: Sequence;
  /**
   * Data for T ≥ 1 steps and B ≥ 1 entries; a pure function of its arguments, float32-rounded.
   * Entry n does not depend on B; the random draws of step t do not depend on T.
   * @throws BpttError 'invalid-configuration' at path 'T' where a text or series is too short
   */
  generate(T: number, B: number, dataSeed: number): TaskData;
}

/** w_t = 1 at the last of T steps only. */
export function lastStepOnly(T: number): Float32Array {
  const weights = new Float32Array(T);
  weights[T - 1] = 1;
  return weights;
}
