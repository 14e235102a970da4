import type { Configuration, WeightEdit, WeightKey } from '../../model/configuration';
import { rememberLast } from '../../model/memo';
import type { Parameters, Problem, Reals } from '../../model/problem';
import type { ConfigurationChange } from '../../state/types';
import { useAppState, useResult } from '../app/context';

/** What people read; `charts/MathText` sets the subscripts. */
export const WEIGHT_LABELS: Record<WeightKey, string> = {
  Wh: 'W_h',
  Wx: 'W_x',
  b: 'b',
  Wy: 'W_y',
  c: 'c',
};

const PARAMETER: Record<WeightKey, keyof Parameters> = {
  Wh: 'recurrentWeights',
  Wx: 'inputWeights',
  b: 'hiddenBias',
  Wy: 'outputWeights',
  c: 'outputBias',
};

export interface WeightArray {
  readonly key: WeightKey;
  readonly rows: number;
  readonly columns: number;
  readonly values: Reals;
}

function shapeOf(key: WeightKey, { H, I, O }: Problem): readonly [rows: number, columns: number] {
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

/** The last run's array with what was pasted or edited since; the same inputs give the same object. */
const assemble = rememberLast(
  12,
  (
    key: WeightKey,
    rows: number,
    columns: number,
    computed: Reals,
    pasted: readonly number[] | undefined,
    edits: readonly WeightEdit[],
  ): WeightArray => {
    const base = pasted?.length === rows * columns ? Float32Array.from(pasted) : computed;
    const own = edits.filter((edit) => edit.array === key && edit.index < base.length);
    if (own.every((edit) => base[edit.index] === Math.fround(edit.value))) {
      return { key, rows, columns, values: base };
    }
    const values = base.slice();
    for (const edit of own) values[edit.index] = edit.value;
    return { key, rows, columns, values };
  },
);

/**
 * The array as it is shown now, so that a drag is seen before its result. Null until the shapes of
 * configuration and result agree.
 */
export function useWeightArray(key: WeightKey): WeightArray | null {
  const result = useResult();
  const hidden = useAppState((state) => state.configuration.H);
  const task = useAppState((state) => state.configuration.task);
  const edits = useAppState((state) => state.configuration.edits);
  const pasted = useAppState((state) => state.configuration.arrays[key]);
  if (result === null || result.problem.H !== hidden) return null;
  if (result.configuration.task !== task && key !== 'Wh' && key !== 'b') return null;
  const [rows, columns] = shapeOf(key, result.problem);
  const computed = result.problem.parameters[PARAMETER[key]];
  return assemble(key, rows, columns, computed, pasted, edits);
}

/** More edits than this and the whole array is kept instead: the link would grow faster. */
const MOST_EDITS = 256;

export function changeEntry(
  configuration: Configuration,
  array: WeightArray,
  index: number,
  value: number,
): ConfigurationChange {
  const edits: WeightEdit[] = configuration.edits.filter(
    (edit) => edit.array !== array.key || edit.index !== index,
  );
  edits.push({ array: array.key, index, value });
  if (edits.filter((edit) => edit.array === array.key).length <= MOST_EDITS) return { edits };
  const values = Array.from(array.values);
  values[index] = value;
  return changeArray(configuration, array.key, values);
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
