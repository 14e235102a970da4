import type { Analyses } from '../../model/analyses';
import {
  TRUNCATED_ARRAYS,
  type TruncatedArray,
  type TruncationErrors,
} from '../../model/truncationAnalyses';
import { linksOf, windowsOf } from '../../model/links';
import type { Problem } from '../../model/problem';
import { log2NormOfTensor } from '../../model/scaled';
import { truncationFields, withoutTruncation } from '../../model/truncation';
import type { ScaledValues } from '../../reference/scaling';
import type { Pacer } from '../shared/pacer';
import { comparison, deviation } from './compare';
import { logSpaced, requireWork } from './guard';
import { ScaledSum } from './scaledSum';
import {
  basePass,
  costOfPass,
  Errors,
  HiddenGradients,
  parameterOf,
  sendBack,
  totals,
  type BasePass,
} from './sendBack';

type Gradients = Record<TruncatedArray, ScaledValues>;

/**
 * Chunks of k steps and windows of k steps beside the full gradient, for some k from 1 to T; and the
 * part of ∂L/∂W_h that comes through each lag. Rejects with 'too-large'.
 */
export async function truncationSweep(
  problem: Problem,
  { every, points }: Analyses['truncationSweep']['request'],
  pacer: Pacer,
  onProgress: (done: number) => void,
): Promise<Analyses['truncationSweep']['value']> {
  const full = withoutTruncation(problem);
  const { T } = full;
  const steps = logSpaced(T, points);
  const direct = steps.filter((k) => k < every);
  const descents = every > 1 ? 1 + 1 / every : 1;
  const passes = 1 + steps.length + 2 * direct.length + (descents * T) / 2;
  requireWork(full, costOfPass(full) * passes, 'choose fewer steps, units or batch entries');

  const base = basePass(full);
  const whole = windowsOf({ T });
  const links = linksOf(full);
  const exact = totals(await sendBack(base, links, whole, pacer));
  const chunked = emptyErrors(steps.length);
  const sliding = emptyErrors(steps.length);
  let done = 0;
  const report = (part: number) => onProgress((done + part) / passes);
  for (const [i, every] of steps.entries()) {
    const { cuts } = truncationFields({ kind: 'chunked', every }, T);
    const own = totals(await sendBack(base, linksOf({ ...full, cuts }), whole, pacer));
    setErrors(chunked, i, full, own, exact);
    done++;
    report(0);
  }
  // A window shorter than `every` goes back as often as it is long.
  for (const [i, depth] of direct.entries()) {
    const windows = windowsOf({ T, window: { depth, every: depth } });
    setErrors(sliding, i, full, totals(await sendBack(base, links, windows, pacer)), exact);
    done += 2;
    report(0);
  }

  const byLag = new Float64Array(T).fill(-Infinity);
  const cumulativeError = new Float64Array(T);
  const takeSliding = (depth: number, sums: () => Gradients): void => {
    const i = steps.indexOf(depth);
    if (i >= direct.length) setErrors(sliding, i, full, sums(), exact);
  };
  await descend(base, links, 1, pacer, report, (lag, part, gradients) => {
    byLag[lag] = log2NormOfTensor(part);
    cumulativeError[lag] = deviation(gradients.sums.dWh.total(), exact.dWh).relativeError;
    if (every === 1) takeSliding(lag + 1, () => totals(gradients));
  });
  done += T / 2;
  if (every > 1) {
    await descend(base, links, every, pacer, report, (lag, _, gradients) =>
      takeSliding(lag + 1, () => totals(gradients)),
    );
  }
  onProgress(1);
  return { steps: Int32Array.from(steps), chunked, sliding, byLag, cumulativeError };
}

/**
 * All windows that end every `every` steps go back side by side, one step at a time: after step d the
 * sums are those of windows of d + 1 steps. `take` also gets what step d alone has added to ∂L/∂W_h,
 * which for every = 1 is the part of lag d. Costs T²/(2·every) steps.
 */
async function descend(
  base: BasePass,
  links: Float64Array,
  every: number,
  pacer: Pacer,
  report: (part: number) => void,
  take: (d: number, added: ScaledValues, gradients: HiddenGradients) => void,
): Promise<void> {
  const { lastStep, problem } = base;
  const { T, B, H } = problem;
  const gradients = new HiddenGradients(base);
  const windows = windowsOf({ T, window: { depth: every, every } })
    .filter(({ after }) => after < lastStep)
    .map(({ after, to }) => ({ after, to, errors: new Errors(base) }));
  const work = costOfPass({ ...problem, T: 1 });
  let oldest = 0;
  for (let d = 0; d < T; d++) {
    const added = new ScaledSum(H * H);
    for (let w = oldest; w < windows.length; w++) {
      const { after, to, errors } = windows[w]!;
      const t = to - d;
      if (t > lastStep) continue;
      errors.descend(t, t < lastStep ? links[t]! : 0, t > after);
      for (let n = 0; n < B; n++) {
        gradients.add(errors.delta, n * H, errors.exponents[n]!, (t - 1) * B + n, added);
      }
      if (t === 1) {
        errors.reachStart(links[0]!, gradients.sums.dh0);
        oldest = w + 1;
      }
      if (pacer.spend(work)) {
        report(d / (2 * every));
        await pacer.rest();
      }
    }
    const part = added.total();
    gradients.sums.dWh.addVector(part.mantissas, 0, H * H, part.exponent);
    take(d, part, gradients);
  }
}

function emptyErrors(count: number): TruncationErrors {
  const empty = () => ({
    cosine: new Float64Array(count),
    relativeError: new Float64Array(count),
    alongSelf: new Float64Array(count),
  });
  return { dWh: empty(), dWx: empty(), db: empty(), dh0: empty() };
}

function setErrors(
  errors: TruncationErrors,
  i: number,
  problem: Problem,
  own: Gradients,
  exact: Gradients,
): void {
  for (const key of TRUNCATED_ARRAYS) {
    const theta = parameterOf(problem, key);
    const { cosine, relativeError, alongSelf } = comparison(own[key], exact[key], theta);
    errors[key].cosine[i] = cosine;
    errors[key].relativeError[i] = relativeError;
    errors[key].alongSelf[i] = alongSelf;
  }
}
