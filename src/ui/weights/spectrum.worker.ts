import { spectrum } from '../../analysis/spectrum';
import { turning } from '../../analysis/turning';
import { toErrorRecord } from '../../model/errors';
import type { SpectrumReply, SpectrumRequest } from './spectrumClient';

/** The eigenvalues of 512² weights take seconds, so none are computed where people drag. */
self.addEventListener('message', ({ data }: MessageEvent<SpectrumRequest>) => {
  const reply = (message: SpectrumReply) => self.postMessage(message);
  const compute = { spectrum, turning }[data.question];
  compute(data.values, data.size).then(
    (answer) => reply({ answer }),
    (error: unknown) => reply({ error: toErrorRecord(error) }),
  );
});
