import { toErrorRecord } from '../../../model/errors';
import type { ScoreReply } from './scoreClient';
import { scoreNetwork, type ScoreRequest } from './scoring';

/** Reads hundreds of sequences step by step, so beside what people drag and what is trained. */
self.addEventListener('message', ({ data }: MessageEvent<ScoreRequest>) => {
  const reply = (message: ScoreReply) => self.postMessage(message);
  try {
    reply({ answer: scoreNetwork(data) });
  } catch (error) {
    reply({ error: toErrorRecord(error) });
  }
});
