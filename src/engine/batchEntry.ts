import type { Problem } from '../model/problem';

/** Rows t of batch entry n out of an array [T,B,width]. */
export function rowsOfEntry(
  values: ArrayLike<number>,
  { T, B }: { readonly T: number; readonly B: number },
  width: number,
  n: number,
): Float64Array {
  const rows = new Float64Array(T * width);
  for (let t = 0; t < T; t++) {
    const from = (t * B + n) * width;
    for (let i = 0; i < width; i++) rows[t * width + i] = values[from + i]!;
  }
  return rows;
}

/**
 * Batch entry n alone, in float64, with w_t/B for w_t: losses and parameter gradients of all entries
 * add up to those of the whole problem.
 */
export function problemOfEntry(problem: Problem, n: number): Problem {
  const { B, I, H, O, targets } = problem;
  return {
    ...problem,
    B: 1,
    initialState: Float64Array.from(problem.initialState.subarray(n * H, (n + 1) * H)),
    inputs: rowsOfEntry(problem.inputs, problem, I, n),
    targets:
      targets.kind === 'dense'
        ? { kind: 'dense', values: rowsOfEntry(targets.values, problem, O, n) }
        : { kind: 'class', indices: Int32Array.from(rowsOfEntry(targets.indices, problem, 1, n)) },
    lossWeights: Float64Array.from(problem.lossWeights, (w) => w / B),
  };
}
