import { spectrum } from '../../analysis/spectrum';
import { toErrorRecord } from '../../model/errors';
import type { SpectrumReply, SpectrumRequest } from './spectrumClient';

/** The eigenvalues of 512² weights take seconds, so none are computed where people drag. */
self.addEventListener('message', ({ data }: MessageEvent<SpectrumRequest>) => {
  const reply = (message: SpectrumReply) => self.postMessage(message);
  spectrum(data.values, data.size).then(
    (result) => reply({ spectrum: result }),
    (error: unknown) => reply({ error: toErrorRecord(error) }),
  );
});
