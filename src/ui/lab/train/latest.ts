export interface Latest<Q> {
  /**
   * Answers the question, at least `gap` milliseconds after the last one was begun. Until then, and
   * while one is being answered, a newer question takes its place: they never pile up.
   */
  ask(question: Q, gap: number): void;
  /** Nothing is asked or told any more. */
  stop(): void;
}

interface LatestParts<Q, A> {
  readonly answer: (question: Q) => Promise<A>;
  readonly onAnswer: (answer: A, question: Q) => void;
  readonly onError: (error: unknown, question: Q) => void;
}

/** One question at a time, and the newest of those that come meanwhile. */
export function createLatest<Q, A>({ answer, onAnswer, onError }: LatestParts<Q, A>): Latest<Q> {
  let waiting: { readonly question: Q; readonly gap: number } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let begun = -Infinity;
  let isBusy = false;
  let isStopped = false;

  function consider(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (isBusy || isStopped || waiting === null) return;
    const left = begun + waiting.gap - performance.now();
    if (left > 0) timer = setTimeout(consider, left);
    else void begin(waiting.question);
  }

  async function begin(question: Q): Promise<void> {
    waiting = null;
    isBusy = true;
    begun = performance.now();
    try {
      const given = await answer(question);
      if (!isStopped) onAnswer(given, question);
    } catch (error) {
      if (!isStopped) onError(error, question);
    }
    isBusy = false;
    consider();
  }

  return {
    ask(question, gap) {
      waiting = { question, gap };
      consider();
    },
    stop() {
      isStopped = true;
      consider();
    },
  };
}
