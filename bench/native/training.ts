/** Updates per second of our engines beside plain typed arrays. */
import { createCpuEngine } from '../../src/engine/cpu/engine';
import type { GpuConnection } from '../../src/engine/gpu/device';
import { GpuEngine } from '../../src/engine/gpu/engine';
import { shaderSources } from '../../src/engine/gpu/shaderSources';
import type { SizeName } from '../shared/problems';
import {
  compareLosses,
  expectedLosses,
  ofTrainer,
  plain,
  sideBySide,
  speed,
  type Contestant,
  type Speed,
} from '../shared/training';

/** For each contestant */
const SECONDS = 4;

interface Result extends Speed {
  readonly name: string;
  /** Of the first losses, relative */
  readonly error: number;
}

export interface TrainingReport {
  readonly size: SizeName;
  readonly results: readonly Result[];
}

export async function benchmarkTraining(
  size: SizeName,
  { device, adapter }: GpuConnection,
): Promise<TrainingReport> {
  const gpu = new GpuEngine({ device, adapter, sources: shaderSources });
  const expected = await expectedLosses(size);
  const measure = async (contestant: Contestant): Promise<Result> => {
    const error = await compareLosses(contestant, expected);
    const result = { name: contestant.name, error, ...(await speed(contestant, SECONDS)) };
    contestant.dispose();
    return result;
  };
  try {
    return {
      size,
      results: [
        await measure(await ofTrainer(gpu, size)),
        await measure(await sideBySide(gpu, size, 4)),
        await measure(await sideBySide(gpu, size, 16)),
        await measure(await ofTrainer(createCpuEngine(), size)),
        await measure(plain(size)),
      ],
    };
  } finally {
    gpu.dispose();
  }
}
