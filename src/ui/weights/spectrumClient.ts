import type { Spectrum } from '../../analysis/spectrum';
import type { Turning } from '../../analysis/turning';
import type { ErrorRecord } from '../../model/errors';
import type { Reals } from '../../model/problem';

/** What the worker computes of a [size, size] matrix. */
interface Answers {
  readonly spectrum: Spectrum;
  readonly turning: Turning;
}
type Question = keyof Answers;

export interface SpectrumRequest {
  readonly question: Question;
  readonly values: Reals;
  readonly size: number;
}
export type SpectrumReply =
  { readonly answer: Answers[Question] } | { readonly error: ErrorRecord };

interface Job<A> {
  readonly values: Reals;
  readonly size: number;
  readonly promise: Promise<A | null>;
  readonly finish: (answer: A | null) => void;
}

/** A computation of more than a moment is stopped when a newer matrix comes. */
const SIZE_WORTH_STOPPING = 96;

function createJob<A>(values: Reals, size: number): Job<A> {
  let finish: Job<A>['finish'] = () => undefined;
  const promise = new Promise<A | null>((resolve) => {
    finish = resolve;
  });
  return { values, size, promise, finish };
}

interface Lane<A> {
  /**
   * Off the main thread; the newest matrix wins. Null for a matrix that was overtaken, and where
   * there is no decomposition.
   */
  readonly request: (values: Reals, size: number) => Promise<A | null>;
  /** The answer for these values, once there was one. */
  readonly known: (values: Reals) => A | undefined;
}

/** One worker for one question. */
function createLane<Q extends Question>(question: Q): Lane<Answers[Q]> {
  type Answer = Answers[Q];
  const answers = new WeakMap<Reals, Answer>();
  let worker: Worker | null = null;
  let running: Job<Answer> | null = null;
  let waiting: Job<Answer> | null = null;

  function settle(answer: Answer | null): void {
    if (running !== null && answer !== null) answers.set(running.values, answer);
    running?.finish(answer);
    running = null;
    const next = waiting;
    waiting = null;
    if (next !== null) start(next);
  }

  function stopWorker(): void {
    worker?.terminate();
    worker = null;
    settle(null);
  }

  function start(job: Job<Answer>): void {
    running = job;
    if (worker === null) {
      worker = new Worker(new URL('./spectrum.worker.ts', import.meta.url), { type: 'module' });
      worker.addEventListener('message', ({ data }: MessageEvent<SpectrumReply>) =>
        // The worker answers the question it was asked.
        settle('answer' in data ? (data.answer as Answer) : null),
      );
      worker.addEventListener('error', stopWorker);
    }
    const { values, size } = job;
    worker.postMessage({ question, values, size } satisfies SpectrumRequest);
  }

  function request(values: Reals, size: number): Promise<Answer | null> {
    const answer = answers.get(values);
    if (answer !== undefined) return Promise.resolve(answer);
    if (running?.values === values) return running.promise;
    if (waiting?.values === values) return waiting.promise;
    waiting?.finish(null);
    waiting = createJob(values, size);
    const { promise } = waiting;
    if (running === null) settle(null);
    else if (running.size > SIZE_WORTH_STOPPING) stopWorker();
    return promise;
  }

  return { request, known: (values) => answers.get(values) };
}

/** Eigenvalues and singular values. */
export const spectrumLane = createLane('spectrum');

/** What turning the eigenvalues needs. */
export const turningLane = createLane('turning');
