import type { Problem } from './problem';
import { STREAMS, uniform } from './random';

/** How far back gradients go (docs/mathematics.md); hand-placed cuts apply on top of every scheme. */
export type Truncation =
  | { readonly kind: 'none' }
  /** h is detached before steps every + 1, 2·every + 1, …: what `detach()` after each chunk gives. */
  | { readonly kind: 'chunked'; readonly every: number }
  /** BPTT(depth; every) of Williams & Peng (1990): `every` steps on, back over `depth` steps. */
  | { readonly kind: 'sliding'; readonly depth: number; readonly every: number }
  /** ARTBP (Tallec & Ollivier 2017): a link is kept with probability `keep`, then scaled by 1/keep. */
  | { readonly kind: 'random'; readonly keep: number; readonly seed: number }
  /** The state itself is zero before steps every + 1, 2·every + 1, …: values change, too. */
  | { readonly kind: 'reset'; readonly every: number };
export const TRUNCATIONS = ['none', 'chunked', 'sliding', 'random', 'reset'] as const;

/** What `analyze` compares with the full gradient. */
export type TruncationScheme =
  Truncation | { readonly kind: 'cuts'; readonly at: readonly number[] };

/** Least probability of keeping a link: a factor 1/keep stays below 2^20. */
export const LEAST_KEEP = 1e-6;
/** Factors of links other than 0 lie between these, so that no engine's range needs watching. */
export const LINK_FACTORS = { least: LEAST_KEEP, most: 1 / LEAST_KEEP } as const;

export const NO_TRUNCATION: Truncation = { kind: 'none' };

/** The fields of a Problem that say where gradients and states stop. */
export type TruncationFields = Pick<Problem, 'cuts' | 'linkFactors' | 'resets' | 'window'>;

/** Steps every + 1, 2·every + 1, … up to T. */
function chunkStarts(every: number, T: number): number[] {
  const starts: number[] = [];
  for (let step = every + 1; step <= T; step += every) starts.push(step);
  return starts;
}

/** Ascending and unique, inside 1…T: the hand-placed cuts that take effect. */
export function cutsInside(cuts: readonly number[], T: number): number[] {
  return ascending(cuts.filter((step) => Number.isInteger(step) && step >= 1 && step <= T));
}

function ascending(steps: readonly number[]): number[] {
  return [...new Set(steps)].sort((a, b) => a - b);
}

/**
 * The one definition of every scheme. `cuts` may lie beyond T; only those inside take effect.
 * @param sample which draw of a random scheme; the page shows draw 0
 */
export function truncationFields(
  scheme: TruncationScheme,
  T: number,
  cuts: readonly number[] = [],
  sample = 0,
): TruncationFields {
  const own = cutsInside(cuts, T);
  switch (scheme.kind) {
    case 'none':
      return { cuts: own };
    case 'cuts':
      return { cuts: cutsInside([...own, ...scheme.at], T) };
    case 'chunked':
      return { cuts: ascending([...own, ...chunkStarts(scheme.every, T)]) };
    case 'sliding': {
      // Deep enough to reach the start from anywhere is no truncation.
      if (scheme.depth >= T) return { cuts: own };
      const every = Math.min(scheme.every, scheme.depth);
      return { cuts: own, window: { depth: scheme.depth, every } };
    }
    case 'random':
      return { cuts: own, linkFactors: randomLinks(scheme, T, sample) };
    case 'reset':
      return { cuts: own, resets: chunkStarts(scheme.every, T) };
  }
}

/** [T]: 1/keep, rounded to float32, with probability `keep`, else 0; independent links. */
export function randomLinks(
  { keep, seed }: { readonly keep: number; readonly seed: number },
  T: number,
  sample = 0,
): Float32Array {
  const kept = Math.fround(1 / keep);
  return Float32Array.from({ length: T }, (_, i) =>
    uniform(seed, STREAMS.keptLink, i, sample) < keep ? kept : 0,
  );
}

/** The problem with nothing in the way of its gradient; its resets stay, they belong to the values. */
export function withoutTruncation(problem: Problem): Problem {
  const rest: { -readonly [K in keyof Problem]: Problem[K] } = { ...problem, cuts: [] };
  delete rest.linkFactors;
  delete rest.window;
  return rest;
}

/** The problem under `scheme` in the place of its own truncation; resets come on top of its own. */
export function withTruncation(problem: Problem, scheme: TruncationScheme, sample = 0): Problem {
  const { resets, ...fields } = truncationFields(scheme, problem.T, [], sample);
  const all = ascending([...(problem.resets ?? []), ...(resets ?? [])]);
  return { ...withoutTruncation(problem), ...fields, ...(all.length > 0 && { resets: all }) };
}
