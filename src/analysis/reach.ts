import { firstReached } from '../model/links';
import { cutsInside, truncationFields, type Truncation } from '../model/truncation';

/** What the timeline marks between steps; every list ascending, inside 1…T. */
export interface LinkMarks {
  /** Detached by hand before these steps */
  readonly cuts: readonly number[];
  /** Detached by the scheme, where no hand did; for a random scheme, the links of this draw */
  readonly schemeCuts: readonly number[];
  /** The state starts from zero before these steps */
  readonly resets: readonly number[];
  /** What kept links are multiplied by; null where they are whole */
  readonly factor: number | null;
  /** Windows of a sliding scheme: each loss goes back over `depth` steps at most */
  readonly window: { readonly depth: number; readonly every: number } | null;
}

/** Where gradients and states stop under a configuration's scheme and hand-placed cuts. */
export function linkMarks(configuration: {
  readonly T: number;
  readonly truncation: Truncation;
  readonly cuts: readonly number[];
}): LinkMarks {
  const { T, truncation, cuts } = configuration;
  const byHand = cutsInside(cuts, T);
  const fields = truncationFields(truncation, T, cuts);
  const isByHand = new Set(byHand);
  const { linkFactors = null, resets = [], window = null } = fields;
  const schemeCuts =
    linkFactors === null
      ? fields.cuts.filter((step) => !isByHand.has(step))
      : Array.from(linkFactors.keys(), (i) => i + 1).filter(
          (step) => linkFactors[step - 1] === 0 && !isByHand.has(step),
        );
  const factor = truncation.kind === 'random' && truncation.keep < 1 ? 1 / truncation.keep : null;
  return { cuts: byHand, schemeCuts, resets, factor, window };
}

/** The earliest step whose state the loss at `step` reaches, going back. */
export function reachOf(marks: LinkMarks, step: number, T: number): number {
  let first = firstReached({ T, window: marks.window }, step);
  for (const stops of [marks.cuts, marks.schemeCuts, marks.resets]) {
    first = Math.max(first, lastUpTo(stops, step));
  }
  return first;
}

/** The last of ascending `steps` that is not after `step`; 1 when there is none. */
function lastUpTo(steps: readonly number[], step: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]! <= step) low = middle + 1;
    else high = middle;
  }
  return steps[low - 1] ?? 1;
}
