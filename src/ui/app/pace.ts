import { flushSync } from 'react-dom';
import { isPressed } from './pressed';

/**
 * Milliseconds of work in a frame beyond which the rest waits for the next one: halved in a drag by
 * every frame that is late, and growing again with those that are not.
 */
const BUDGET = { least: 2, most: 8, growth: 0.25 };
/** Milliseconds between two frames: more, and one of a display of 60 Hz has been left out. */
const LATE = 25;

/** Something that has work to do, a piece at a time. */
export interface PaceMember {
  /** What the next piece is for; 'later' where it is not due yet, null where there is none. */
  next(): object | 'later' | null;
  /** Does it. */
  work(): void;
}

export interface Pace {
  /**
   * From now on `member` is asked for work, in turn with all others. The function returned asks for
   * turns: at once where nothing has been done for the next frame yet, else in that frame.
   */
  join(member: PaceMember): () => void;
  /** `task` as soon as it is its turn; one asked for earlier by the same owner is forgotten. */
  soon(owner: object, task: () => void): void;
  /** The same for what only follows: while frames are late, not in every one of them. */
  follow(owner: object, task: () => void): void;
  /** Does at once what the owner has asked for. */
  finish(owner: object): void;
  /** Whether the frames of a drag come late, on a slow machine or beside other work. */
  isLate(): boolean;
}

/** Milliseconds between two tasks of one owner that only follow, while frames are late. */
const REST = 150;

/**
 * Shares the page's work out over its frames. What is to be done soon, such as the edits of a drag, and
 * the drawing of results take turns, a piece each: neither starves the other. A frame takes as many
 * as are expected to fit, by what they took the last time: on a slow machine, where layout and
 * painting leave little of it, one.
 */
export function createPace(
  nextFrame: (callback: () => void) => void,
  isPressed: () => boolean,
  now: () => number = () => performance.now(),
  draw: (work: () => void) => void = flushSync,
): Pace {
  const tasks = new Map<object, () => void>();
  /** When those that only follow have been done */
  const doneAt = new WeakMap<object, number>();
  /** Milliseconds */
  const costs = new WeakMap<object, number>();
  let budget = BUDGET.most;
  /** Of the last frame of a drag; null outside of one */
  let frameAt: number | null = null;
  let turn = 0;
  /** Milliseconds worked for the frame to come */
  let spent = 0;
  let isAsked = false;
  let isWorking = false;

  const soonMember: PaceMember = {
    next: () => nextOwner() ?? (tasks.size > 0 ? 'later' : null),
    work() {
      const owner = nextOwner();
      if (owner === undefined) return;
      const task = tasks.get(owner)!;
      tasks.delete(owner);
      if (doneAt.has(owner)) doneAt.set(owner, now());
      draw(task);
    },
  };
  const members = [soonMember];

  const isLate = () => budget < (BUDGET.least + BUDGET.most) / 2;

  /** Whose task comes next: the first that need not rest. */
  function nextOwner(): object | undefined {
    for (const owner of tasks.keys()) {
      const last = doneAt.get(owner);
      if (last === undefined || !isLate() || now() - last >= REST) return owner;
    }
    return undefined;
  }

  /** Whether anything is left to do. */
  function work(): boolean {
    isWorking = true;
    let isLeft = false;
    for (let idle = 0; idle < members.length; turn = (turn + 1) % members.length) {
      const member = members[turn]!;
      const piece = member.next();
      if (piece === 'later') isLeft = true;
      if (piece === null || piece === 'later') {
        idle++;
        continue;
      }
      if (spent > 0 && spent + (costs.get(piece) ?? 0) > budget) {
        isLeft = true;
        break;
      }
      idle = 0;
      const start = now();
      try {
        member.work();
      } finally {
        isWorking = false;
      }
      isWorking = true;
      const cost = now() - start;
      costs.set(piece, cost);
      spent += cost;
    }
    isWorking = false;
    return isLeft;
  }

  /** Works at once where nothing has been done for the next frame yet. */
  function begin(): void {
    if (isWorking) return;
    if (spent === 0) work();
    ask();
  }

  function soon(owner: object, task: () => void): void {
    tasks.set(owner, task);
    begin();
  }

  /** Only in a drag frames follow one another, whether there is work for them or not. */
  function adapt(): void {
    const { least, most, growth } = BUDGET;
    const before = frameAt;
    frameAt = isPressed() ? now() : null;
    if (frameAt === null) budget = most;
    else if (before === null) return;
    else if (frameAt - before > LATE) budget = Math.max(least, budget / 2);
    else budget = Math.min(most, budget + growth);
  }

  function ask(): void {
    if (isAsked) return;
    isAsked = true;
    nextFrame(() => {
      isAsked = false;
      adapt();
      const isLeft = work();
      spent = 0;
      if (isLeft || frameAt !== null) ask();
    });
  }

  return {
    join(member) {
      members.push(member);
      return begin;
    },
    soon,
    follow(owner, task) {
      if (!doneAt.has(owner)) doneAt.set(owner, -Infinity);
      soon(owner, task);
    },
    isLate,
    finish(owner) {
      const task = tasks.get(owner);
      tasks.delete(owner);
      task?.();
    },
  };
}

/** The page's own. */
export const pagePace = createPace((callback) => requestAnimationFrame(callback), isPressed);
