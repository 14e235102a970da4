import { scaledMatrix } from '../../analysis/scaling';
import {
  LIMITS,
  type Configuration,
  type WeightEdit,
  type WeightKey,
} from '../../model/configuration';
import { rememberLast } from '../../model/memo';
import { PARAMETER_OF } from '../../model/parameterArrays';
import type { Problem, Reals } from '../../model/problem';
import type { ConfigurationChange, Result } from '../../state/types';
import { generatedArray, problemShape } from '../../tasks/buildProblem';
import { useFollowedState, useResult } from '../app/context';
import type { Entries } from './selectionEdit';

/** What people read; `charts/MathText` sets the subscripts. */
export const WEIGHT_LABELS: Record<WeightKey, string> = {
  Wh: 'W_h',
  Wx: 'W_x',
  b: 'b',
  Wy: 'W_y',
  c: 'c',
};

/** The largest float32; the model takes no entry beyond it. */
export const LARGEST_ENTRY = 3.4028234663852886e38;

export interface WeightArray {
  readonly key: WeightKey;
  readonly rows: number;
  readonly columns: number;
  readonly values: Reals;
}

function shapeOf(
  key: WeightKey,
  { H, I, O }: Pick<Problem, 'H' | 'I' | 'O'>,
): readonly [rows: number, columns: number] {
  switch (key) {
    case 'Wh':
      return [H, H];
    case 'Wx':
      return [H, I];
    case 'b':
      return [H, 1];
    case 'Wy':
      return [O, H];
    case 'c':
      return [O, 1];
  }
}

/** What was pasted or generated with the edits on top; the same inputs give the same object. */
const assemble = rememberLast(
  12,
  (
    key: WeightKey,
    rows: number,
    columns: number,
    base: Reals | readonly number[],
    edits: readonly WeightEdit[],
  ): WeightArray => {
    const own = edits.filter((edit) => edit.array === key && edit.index < rows * columns);
    const given = Array.isArray(base) ? Float32Array.from(base) : (base as Reals);
    if (own.every((edit) => given[edit.index] === Math.fround(edit.value))) {
      return { key, rows, columns, values: given };
    }
    const values = given.slice();
    for (const edit of own) values[edit.index] = edit.value;
    return { key, rows, columns, values };
  },
);

/**
 * The array a configuration describes, to the bit as its run will have it; the same object for the
 * same inputs. Edits start from this: what is shown may still be waiting for a run.
 */
export function weightArrayOf(configuration: Configuration, key: WeightKey): WeightArray {
  const [rows, columns] = shapeOf(key, problemShape(configuration));
  const given = configuration.arrays[key];
  const base = given?.length === rows * columns ? given : generatedArray(configuration, key);
  return assemble(key, rows, columns, base, configuration.edits);
}

/**
 * The array to show, so that a drag is seen before its result. Making a matrix for another size,
 * seed or initialiser may take half a second, so of such a change the last result is shown until the
 * run has made it; null where even its shape was another one.
 */
function arrayToShow(
  key: WeightKey,
  configuration: Configuration,
  result: Result | null,
): WeightArray | null {
  if (result === null || result.problem.H !== configuration.H) return null;
  const made = result.configuration;
  if (made.task !== configuration.task && key !== 'Wh' && key !== 'b') return null;
  const isMade =
    made.seed === configuration.seed && made.initialiser.kind === configuration.initialiser.kind;
  if (isMade || configuration.arrays[key] !== undefined) return weightArrayOf(configuration, key);
  const [rows, columns] = shapeOf(key, result.problem);
  return assemble(key, rows, columns, result.problem.parameters[PARAMETER_OF[key]], NO_EDITS);
}

const NO_EDITS: readonly WeightEdit[] = [];

export function useWeightArray(key: WeightKey): WeightArray | null {
  const result = useResult();
  return useFollowedState((state) => arrayToShow(key, state.configuration, result));
}

/** Whether two configurations have the same W_h, by identity of what it is made from. */
export function sameRecurrentWeights(a: Configuration, b: Configuration): boolean {
  return (
    a.H === b.H &&
    a.seed === b.seed &&
    a.gain === b.gain &&
    a.initialiser === b.initialiser &&
    a.arrays.Wh === b.arrays.Wh &&
    a.edits === b.edits
  );
}

/** How many entries of an array were set by hand, one by one, and are in it at its present size. */
export function editedEntries(configuration: Configuration, key: WeightKey): number {
  const [rows, columns] = shapeOf(key, problemShape(configuration));
  return configuration.edits.filter((edit) => edit.array === key && edit.index < rows * columns)
    .length;
}

/** More edits than this and the whole array is kept instead: the link would grow faster. */
const MOST_EDITS = 256;

/** Sets some entries by hand. */
export function changeEntries(
  configuration: Configuration,
  key: WeightKey,
  entries: Entries,
): ConfigurationChange {
  const own = new Map<number, WeightEdit>();
  for (const edit of configuration.edits) if (edit.array === key) own.set(edit.index, edit);
  for (const [index, value] of entries) own.set(index, { array: key, index, value });
  const others = configuration.edits.filter((edit) => edit.array !== key);
  if (own.size <= MOST_EDITS) return { edits: [...others, ...own.values()] };
  const values = Array.from(weightArrayOf(configuration, key).values);
  for (const [index, value] of entries) values[index] = Math.fround(value);
  return changeArray(configuration, key, values);
}

export function changeArray(
  configuration: Configuration,
  key: WeightKey,
  values: readonly number[],
): ConfigurationChange {
  return {
    arrays: { ...configuration.arrays, [key]: values },
    edits: configuration.edits.filter((edit) => edit.array !== key),
  };
}

/** W_h made anew by its initialiser: what was pasted or edited of it goes. */
export function withoutOwnRecurrentWeights(configuration: Configuration): ConfigurationChange {
  const arrays = { ...configuration.arrays };
  delete arrays.Wh;
  return { arrays, edits: configuration.edits.filter((edit) => edit.array !== 'Wh') };
}

/**
 * `factor` times the W_h of `start`, in a configuration that may differ from it elsewhere. Generated
 * weights that nobody edited are scaled by their gain, within its limits, so that the link stays
 * short; everything else becomes an array. Always from `start`: a gesture accumulates no rounding.
 */
export function changeByFactor(
  present: Configuration,
  start: Configuration,
  factor: number,
): ConfigurationChange {
  const gain = Number((start.gain * factor).toPrecision(8));
  const { least, most } = LIMITS.gain;
  const isGenerated =
    start.arrays.Wh === undefined && start.edits.every((edit) => edit.array !== 'Wh');
  if (isGenerated && gain >= least && gain <= most) {
    return { gain, ...withoutOwnRecurrentWeights(present) };
  }
  const { values, rows } = weightArrayOf(start, 'Wh');
  const scaled = scaledMatrix(values, rows, factor);
  return { gain: start.gain, ...changeArray(present, 'Wh', Array.from(scaled)) };
}
