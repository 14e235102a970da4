import type { Spectrum } from '../../analysis/spectrum';
import type { ErrorRecord } from '../../model/errors';
import type { Reals } from '../../model/problem';

export interface SpectrumRequest {
  readonly values: Reals;
  readonly size: number;
}
export type SpectrumReply = { readonly spectrum: Spectrum } | { readonly error: ErrorRecord };

interface Job extends SpectrumRequest {
  readonly promise: Promise<Spectrum | null>;
  readonly finish: (spectrum: Spectrum | null) => void;
}

/** A computation of more than a moment is stopped when a newer matrix comes. */
const SIZE_WORTH_STOPPING = 96;

let worker: Worker | null = null;
let running: Job | null = null;
let waiting: Job | null = null;

function createJob(values: Reals, size: number): Job {
  let finish: Job['finish'] = () => undefined;
  const promise = new Promise<Spectrum | null>((resolve) => {
    finish = resolve;
  });
  return { values, size, promise, finish };
}

function settle(spectrum: Spectrum | null): void {
  running?.finish(spectrum);
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

function start(job: Job): void {
  running = job;
  if (worker === null) {
    worker = new Worker(new URL('./spectrum.worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<SpectrumReply>) =>
      settle('spectrum' in data ? data.spectrum : null),
    );
    worker.addEventListener('error', stopWorker);
  }
  worker.postMessage({ values: job.values, size: job.size } satisfies SpectrumRequest);
}

/**
 * Eigenvalues and singular values, off the main thread; the newest matrix wins. Null for a matrix
 * that was overtaken, and where there is no decomposition.
 */
export function requestSpectrum(values: Reals, size: number): Promise<Spectrum | null> {
  if (running?.values === values) return running.promise;
  if (waiting?.values === values) return waiting.promise;
  waiting?.finish(null);
  waiting = createJob(values, size);
  const { promise } = waiting;
  if (running === null) settle(null);
  else if (running.size > SIZE_WORTH_STOPPING) stopWorker();
  return promise;
}
