import { BpttError, fromErrorRecord, type ErrorRecord } from '../../../model/errors';
import type { ScoreAnswer, ScoreRequest } from './scoring';

export type ScoreReply = { readonly answer: ScoreAnswer } | { readonly error: ErrorRecord };

export interface ScoreClient {
  /** One at a time. Rejects with a BpttError. */
  score(request: ScoreRequest): Promise<ScoreAnswer>;
  dispose(): void;
}

/** The score's worker; started with the first request, and again after it has failed. */
export function createScoreClient(): ScoreClient {
  let worker: Worker | null = null;
  const stop = () => {
    worker?.terminate();
    worker = null;
  };
  return {
    score(request) {
      worker ??= new Worker(new URL('./score.worker.ts', import.meta.url), { type: 'module' });
      const asked = worker;
      return new Promise((resolve, reject) => {
        asked.onmessage = ({ data }: MessageEvent<ScoreReply>) => {
          if ('answer' in data) resolve(data.answer);
          else reject(fromErrorRecord(data.error));
        };
        asked.onerror = (event) => {
          stop();
          reject(new BpttError('worker-failed', '', event.message));
        };
        asked.postMessage(request);
      });
    },
    dispose: stop,
  };
}
