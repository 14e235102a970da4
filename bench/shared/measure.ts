import type { Engine } from '../../src/engine/interface';
import { tensorToFloat64 } from '../../src/model/scaled';
import { plainBptt, type PlainProblem } from './plainTypedArrays';
import { toProblem } from './problems';

/** Milliseconds of repeated calls; the first one, which compiles, is apart. */
export interface Timing {
  readonly first: number;
  readonly median: number;
  /** The least and the 90th percentile: how far to trust the median */
  readonly least: number;
  readonly p90: number;
  readonly runs: number;
}

/**
 * Times `once`: a first call and then up to `runs` more, until `budget` milliseconds are spent
 * (three at least).
 */
export async function time(
  runs: number,
  once: () => Promise<unknown>,
  budget = Infinity,
): Promise<Timing> {
  const call = async () => {
    const started = performance.now();
    await once();
    return performance.now() - started;
  };
  const first = await call();
  const end = performance.now() + budget;
  const times: number[] = [];
  while (times.length < runs && (times.length < 3 || performance.now() < end)) {
    times.push(await call());
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.round(share * (times.length - 1))] ?? first;
  return { first, median: at(0.5), least: at(0), p90: at(0.9), runs: times.length };
}

function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [difference, size] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    difference += (actual[i]! - expected[i]!) ** 2;
    size += expected[i]! ** 2;
  }
  return Math.sqrt(difference / size);
}

/** The largest relative error of a gradient; throws unless it agrees with the yardstick's. */
export async function compareGradients(engine: Engine, p: PlainProblem): Promise<number> {
  const expected = plainBptt(p);
  const run = await engine.run(toProblem(p));
  const actual = await run.tensors();
  run.dispose();
  const errors = [
    relativeError(tensorToFloat64(actual.recurrentWeightGradient), expected.dWh),
    relativeError(tensorToFloat64(actual.inputWeightGradient), expected.dWx),
    relativeError(tensorToFloat64(actual.hiddenBiasGradient), expected.db),
    relativeError(tensorToFloat64(actual.outputWeightGradient), expected.dWy),
  ];
  const worst = Math.max(...errors);
  if (!(worst < 1e-4)) throw new Error(`${engine.kind}: gradients differ by ${worst}`);
  return worst;
}

/** One forward and backward pass with its readback, as a caller of the engine sees it. */
export function passOf(engine: Engine, p: PlainProblem): () => Promise<void> {
  const problem = toProblem(p);
  return async () => (await engine.run(problem)).dispose();
}
