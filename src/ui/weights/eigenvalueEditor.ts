import type { Complex } from '../../analysis/complex';
import type { Turning } from '../../analysis/turning';
import type { Configuration } from '../../model/configuration';
import type { ConfigurationChange } from '../../state/types';
import {
  eigenvaluesOf,
  handlesOf,
  largeGrip,
  moveEigenvalue,
  smallGrip,
  type Blocked,
  type Grip,
  type Moved,
} from './eigenvalueGrip';
import {
  changeArray,
  changeByFactor,
  sameRecurrentWeights,
  weightArrayOf,
  type WeightArray,
} from './weightArrays';

export interface EigenvalueEditorParts {
  readonly getConfiguration: () => Configuration;
  readonly change: (change: ConfigurationChange, gesture: string) => void;
  /** Of exactly this W_h, above H = 2; null when it was overtaken or there is none. */
  readonly getTurning: (array: WeightArray) => Turning | Promise<Turning | null>;
  readonly onMoved: (view: MovedView) => void;
}

/** What a move has made, before anybody measures it. */
export interface MovedView {
  readonly array: WeightArray;
  readonly eigenvalues: readonly Complex[];
  /** Index of the one in hand */
  readonly at: number;
  readonly blocked: Blocked | null;
}

/** A hand on one eigenvalue. */
export interface Hand {
  /**
   * The hand has been here, whether an edit follows or not: where a pair of H = 2 met on the axis must
   * not depend on how many moves a page has time for.
   */
  readonly pass: (by: Complex, tolerance: number) => void;
  /**
   * Moves it to where it was taken, plus `by`. Waits for the decomposition if that is still on its
   * way; of several such pulls the last counts.
   */
  readonly pull: (by: Complex, tolerance: number, gesture: string) => void;
}

/** Index of the eigenvalue to take, null for none. */
export type Find = (eigenvalues: readonly Complex[], handles: readonly number[]) => number | null;

export interface EigenvalueEditor {
  readonly take: (find: Find) => Hand;
  /** Gets the decomposition before it is needed. */
  readonly prepare: () => void;
}

/** Moves from one matrix on, until somebody else changes W_h: rounding never adds up. */
interface Session {
  readonly start: Configuration;
  /** As the last move left it */
  made: Configuration;
  grip: Grip;
}

interface Held {
  readonly session: Session;
  at: number;
  readonly origin: Complex;
}

export function createEigenvalueEditor(parts: EigenvalueEditorParts): EigenvalueEditor {
  const { getConfiguration, change, getTurning, onMoved } = parts;
  let session: Session | null = null;

  function current(): Session | null {
    const last = session;
    return last !== null && sameRecurrentWeights(last.made, getConfiguration()) ? last : null;
  }

  function open(): Session | Promise<Session | null> {
    const known = current();
    if (known !== null) return known;
    const start = getConfiguration();
    const array = weightArrayOf(start, 'Wh');
    const begin = (grip: Grip) => (session = { start, made: start, grip });
    const small = smallGrip(array.values, array.rows);
    if (small !== null) return begin(small);
    const turning = getTurning(array);
    if (!(turning instanceof Promise)) return begin(largeGrip(array.values, turning));
    return turning.then((answer) => {
      const meanwhile = current();
      if (meanwhile !== null) return meanwhile;
      if (answer === null || !sameRecurrentWeights(start, getConfiguration())) return null;
      return begin(largeGrip(array.values, answer));
    });
  }

  function apply(of: Session, moved: Moved, gesture: string): void {
    const present = getConfiguration();
    change(
      moved.factor === null
        ? { gain: of.start.gain, ...changeArray(present, 'Wh', Array.from(moved.matrix)) }
        : changeByFactor(present, of.start, moved.factor),
      gesture,
    );
    of.made = getConfiguration();
    const eigenvalues = eigenvaluesOf(moved.grip);
    onMoved({
      array: weightArrayOf(of.made, 'Wh'),
      eigenvalues,
      at: moved.at,
      blocked: moved.blocked,
    });
  }

  return {
    take(find) {
      let held: Held | null = null;
      let latest: (() => void) | null = null;
      const hold = (of: Session | null) => {
        if (of === null) return;
        const eigenvalues = eigenvaluesOf(of.grip);
        const handles = handlesOf(of.grip);
        const at = find(eigenvalues, handles);
        if (at !== null) held = { session: of, at, origin: eigenvalues[at]! };
        else if (handles.length === 0) {
          const array = weightArrayOf(of.made, 'Wh');
          onMoved({ array, eigenvalues, at: 0, blocked: 'zero' });
        }
        latest?.();
      };
      const opened = open();
      if (opened instanceof Promise) void opened.then(hold);
      else hold(opened);
      const move = (of: Held, by: Complex, tolerance: number): Moved => {
        const to: Complex = [of.origin[0] + by[0], of.origin[1] + by[1]];
        const moved = moveEigenvalue(of.session.grip, of.at, to, tolerance);
        of.session.grip = moved.grip;
        of.at = moved.at;
        return moved;
      };
      return {
        pass(by, tolerance) {
          if (held?.session.grip.kind === 'pair') move(held, by, tolerance);
        },
        pull(by, tolerance, gesture) {
          latest = () => {
            if (held !== null) apply(held.session, move(held, by, tolerance), gesture);
          };
          latest();
        },
      };
    },
    prepare() {
      void open();
    },
  };
}
