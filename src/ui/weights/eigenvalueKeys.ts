import type { Complex } from '../../analysis/complex';

interface PlaneKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

export type EigenvalueCommand =
  | { readonly kind: 'move'; readonly by: Complex }
  | { readonly kind: 'choose'; readonly at: number };

/** What an arrow adds to an eigenvalue */
const STEP = 0.01;

const DIRECTIONS: Readonly<Record<string, Complex>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** What a key does in the plane; null for other keys. */
export function eigenvalueCommand(
  event: PlaneKey,
  eigenvalues: readonly Complex[],
  at: number | null,
): EigenvalueCommand | null {
  if (eigenvalues.length === 0) return null;
  // With AltGr, which some keyboards need for brackets, Ctrl is down as well.
  if ((event.ctrlKey || event.metaKey) && !/^[[\]]$/.test(event.key)) return null;
  const direction = DIRECTIONS[event.key];
  if (direction !== undefined) {
    const step = STEP * (event.shiftKey ? 10 : event.altKey ? 0.1 : 1);
    return { kind: 'move', by: [direction[0] * step, direction[1] * step] };
  }
  switch (event.key) {
    case 'PageDown':
    case ']':
      return { kind: 'choose', at: another(eigenvalues, at, 1) };
    case 'PageUp':
    case '[':
      return { kind: 'choose', at: another(eigenvalues, at, -1) };
    case 'Home':
      return { kind: 'choose', at: 0 };
    case 'End':
      return { kind: 'choose', at: eigenvalues.length - 1 };
    default:
      return null;
  }
}

/** The next eigenvalue of another value, round and round; equal ones count once. */
function another(eigenvalues: readonly Complex[], at: number | null, direction: 1 | -1): number {
  const count = eigenvalues.length;
  if (at === null) return direction > 0 ? 0 : count - 1;
  const [re, im] = eigenvalues[at]!;
  for (let k = 1; k < count; k++) {
    const next = (at + direction * k + count * k) % count;
    const value = eigenvalues[next]!;
    if (value[0] !== re || value[1] !== im) return next;
  }
  return at;
}

/** The one of `handles` next to a point; null without any. */
export function nearestHandle(
  eigenvalues: readonly Complex[],
  handles: readonly number[],
  [re, im]: Complex,
): number | null {
  let best: number | null = null;
  let distance = Infinity;
  for (const i of handles) {
    const d = Math.hypot(eigenvalues[i]![0] - re, eigenvalues[i]![1] - im);
    if (d < distance) [best, distance] = [i, d];
  }
  return best;
}
