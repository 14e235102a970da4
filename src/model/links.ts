import type { Problem } from './problem';

/** What `Problem` says of the way back through time, in the form that engines use. */

type Linked = Pick<Problem, 'T' | 'cuts' | 'linkFactors' | 'resets'>;

/**
 * [T] factor on W_hᵀ δ_t as it passes to e_{t−1}, index t − 1: 0 across a cut or a reset, the link's
 * own factor elsewhere. Windows are not in it.
 */
export function linksOf({ T, cuts, linkFactors, resets = [] }: Linked): Float64Array {
  const links = linkFactors ? Float64Array.from(linkFactors) : new Float64Array(T).fill(1);
  for (const step of cuts) links[step - 1] = 0;
  for (const step of resets) links[step - 1] = 0;
  return links;
}

/** [T], index t − 1: 1 where step t starts from a zero state instead of h_{t−1}. */
export function resetFlags({ T, resets = [] }: Pick<Problem, 'T' | 'resets'>): Uint8Array {
  const flags = new Uint8Array(T);
  for (const step of resets) flags[step - 1] = 1;
  return flags;
}

/** One backward pass: the losses of steps after + 1 … to, sent back over steps to … first. */
export interface BackwardWindow {
  /** Nothing is passed on from here, save to h_0 from step 1. */
  readonly first: number;
  readonly after: number;
  readonly to: number;
}

type Windowed = Pick<Problem, 'T' | 'window'>;

/**
 * The windows of BPTT(depth; every), ascending; their gradients add up. They end at every, 2·every, …
 * and at T. Those that reach step 1 do so together, as one; without a window there is just that one.
 */
export function windowsOf({ T, window }: Windowed): BackwardWindow[] {
  if (!window || window.depth >= T) return [{ first: 1, after: 0, to: T }];
  const { depth, every } = window;
  const windows: BackwardWindow[] = [];
  let after = Math.floor(depth / every) * every;
  windows.push({ first: 1, after: 0, to: after });
  while (after < T) {
    const to = Math.min(T, after + every);
    windows.push({ first: Math.max(1, to - depth + 1), after, to });
    after = to;
  }
  return windows;
}

/**
 * The windows that have a loss to send back; the one at the end if none has. Where the only loss is
 * at T, that is one window.
 */
export function lossWindows(problem: Windowed & Pick<Problem, 'lossWeights'>): BackwardWindow[] {
  const windows = windowsOf(problem);
  const { lossWeights } = problem;
  // Up to each step, how many steps have a loss.
  const counts = new Int32Array(problem.T + 1);
  for (let t = 1; t <= problem.T; t++) counts[t] = counts[t - 1]! + (lossWeights[t - 1] ? 1 : 0);
  const active = windows.filter(({ after, to }) => counts[to]! > counts[after]!);
  return active.length > 0 ? active : windows.slice(-1);
}

/** The earliest step whose parameters the loss of step s reaches through the window; 1 without one. */
export function firstReached({ T, window }: Windowed, s: number): number {
  if (!window || window.depth >= T) return 1;
  const to = Math.min(T, Math.ceil(s / window.every) * window.every);
  return Math.max(1, to - window.depth + 1);
}

/** Most windows that are on their way back at one step. */
export function mostWindowsAtOnce(windows: readonly BackwardWindow[]): number {
  let most = 0;
  let last = 0;
  windows.forEach(({ to }, own) => {
    // Where a window ends, the later ones that reach back that far are under way, too.
    last = Math.max(last, own);
    while (last + 1 < windows.length && windows[last + 1]!.first <= to) last++;
    most = Math.max(most, last - own + 1);
  });
  return most;
}

/** Whether any gradient can pass from step t to h_{t−1}. */
export function linkPasses(problem: Linked & Windowed, t: number): boolean {
  if (problem.cuts.includes(t) || problem.resets?.includes(t)) return false;
  if (problem.linkFactors?.[t - 1] === 0) return false;
  // Of the windows that have step t, the one with its own loss reaches furthest back.
  return t === 1 || firstReached(problem, t) < t;
}

/**
 * A lag map of losses s ≤ lastStep that went back without a window, with one: losses do not meet in
 * it, so the window only ends each of them. Steps that no loss of theirs reaches become −Infinity.
 */
export function clearBeyondWindow(map: Float64Array, problem: Windowed, lastStep: number): void {
  for (let s = 1; s <= lastStep; s++) {
    const row = (s - 1) * problem.T;
    map.fill(-Infinity, row, row + firstReached(problem, s) - 1);
  }
}

/** What keeps the error from passing on before step t, where nothing does. */
export function whatStops(problem: Linked & Windowed, t: number): 'cut' | 'reset' | 'window' {
  if (problem.resets?.includes(t)) return 'reset';
  return linksOf(problem)[t - 1] === 0 ? 'cut' : 'window';
}
