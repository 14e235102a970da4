/** How much work the first submit of a training gets, milliseconds: it is only a guess yet. */
const FIRST = 2;
/** What every dispatch takes beside its arithmetic, milliseconds. */
const DISPATCH = 0.01;
/** Weight of the newest measurement. */
const LEARNING = 0.3;
/** One measurement may be off (a readback that waits, a machine that sleeps): the most it counts for. */
const MOST_SURPRISE = 8;
/** A submit may grow by this much from one to the next. */
const GROWTH = 2;

/**
 * The time that submits of one training take, learnt from those that have ended: how many dispatches
 * make one of about `aim` milliseconds. Apart from the executor's measure, which is of large passes
 * that hide what dispatches cost.
 */
export class Pace {
  /** Measured over estimated time */
  #factor = 1;
  #allowed = FIRST;

  constructor(
    /** Milliseconds a submit should take */
    private readonly aim: number,
    /** Multiply-adds per millisecond, a guess */
    private readonly speed: number,
  ) {}

  /** The time a dispatch should take, before what was learnt. */
  estimate(cost: number): number {
    return DISPATCH + cost / this.speed;
  }

  /** Estimated milliseconds the next submit may take. */
  get budget(): number {
    return Math.min(this.#allowed, this.aim) / this.#factor;
  }

  learn(estimated: number, measured: number): void {
    const surprise = measured / (estimated * this.#factor);
    const bounded = Math.min(MOST_SURPRISE, Math.max(1 / MOST_SURPRISE, surprise));
    this.#factor *= bounded ** LEARNING;
    this.#allowed = Math.min(this.aim, this.#allowed * GROWTH);
  }
}
