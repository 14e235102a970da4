/** Our engines beside plain typed arrays, and the lag map. */
import { createCpuEngine } from '../../src/engine/cpu/engine';
import type { GpuConnection } from '../../src/engine/gpu/device';
import { GpuEngine } from '../../src/engine/gpu/engine';
import { shaderSources } from '../../src/engine/gpu/shaderSources';
import type { Shape } from '../../src/model/problem';
import { randomProblem } from '../../test/support/randomProblem';
import { compareGradients, passOf, time, type Timing } from '../shared/measure';
import { plainBptt } from '../shared/plainTypedArrays';
import { makeProblem, toProblem, type SizeName } from '../shared/problems';
import type { Ceilings } from './ceilings';

/** Milliseconds spent on one row of the table, at most about this */
const BUDGET = 6000;

export interface SizeReport {
  readonly size: SizeName;
  /** The unrolled kernels' compilation, ms */
  readonly compile: number;
  readonly errors: { readonly webgpu: number; readonly cpu: number };
  readonly webgpu: Timing;
  readonly cpu: Timing;
  readonly plain: Timing;
  /** Ratios of medians */
  readonly timesFasterThanPlain: number;
  readonly timesFasterThanCpu: number;
  /** What the ceilings allow, ms, and which of them it is */
  readonly allowed: Allowed;
  /** allowed/measured: 1 is the ceiling itself */
  readonly share: number;
}

interface Allowed {
  readonly serial: number;
  readonly arithmetic: number;
  readonly memory: number;
  readonly roundTrip: number;
  /** The round trip and the largest of the other three */
  readonly total: number;
}

/**
 * The least a pass of this shape can take here: a round trip, and T steps forward and T back at the
 * barest step of this width, or its arithmetic at the speed of the product, or its tensors at that
 * of the copy, whichever is most.
 */
export function allowedPass({ T, B, I, H, O }: Shape, ceilings: Ceilings): Allowed {
  const step = ceilings.recurrence[H];
  if (step === undefined) throw new Error(`no ceiling was measured for H = ${H}`);
  const multiplyAdds = T * B * (3 * H * H + 2 * H * I + 3 * O * H);
  // Written once and read once: a_t, h_t, f′, e_t, δ_t; z_t, y_t, ∂ℓ/∂z_t; x_t and ŷ_t are read.
  const bytes = T * B * 4 * (2 * 5 * H + 2 * 3 * O + I + O);
  const serial = (2 * T * step) / 1000;
  const arithmetic = (2 * multiplyAdds) / ceilings.product / 1e6;
  const memory = bytes / ceilings.copyKernel / 1e6;
  const { roundTrip } = ceilings;
  return {
    ...{ serial, arithmetic, memory, roundTrip },
    total: roundTrip + Math.max(serial, arithmetic, memory),
  };
}

export async function benchmarkSize(
  size: SizeName,
  { device, adapter }: GpuConnection,
  ceilings: Ceilings,
): Promise<SizeReport> {
  const p = makeProblem(size);
  const gpu = new GpuEngine({ device, adapter, sources: shaderSources });
  const cpu = createCpuEngine();
  try {
    const { first } = await time(0, passOf(gpu, p));
    const started = performance.now();
    await gpu.prepare(toProblem(p));
    const compile = performance.now() - started;
    const errors = {
      webgpu: await compareGradients(gpu, p),
      cpu: await compareGradients(cpu, p),
    };
    const plain = await time(15, () => Promise.resolve(plainBptt(p)), BUDGET);
    const webgpu = { ...(await time(101, passOf(gpu, p), BUDGET)), first };
    const cpuTiming = await time(15, passOf(cpu, p), BUDGET);
    const allowed = allowedPass(p, ceilings);
    return {
      ...{ size, compile, errors, webgpu, plain, allowed, cpu: cpuTiming },
      timesFasterThanPlain: plain.median / webgpu.median,
      timesFasterThanCpu: cpuTiming.median / webgpu.median,
      share: allowed.total / webgpu.median,
    };
  } finally {
    gpu.dispose();
  }
}

export interface LagMapReport {
  readonly T: number;
  readonly H: number;
  readonly B: number;
  readonly timing: Timing;
  /** A round trip and the arithmetic at the speed of the product, ms */
  readonly allowed: number;
  readonly share: number;
}

export async function benchmarkLagMap(
  T: number,
  H: number,
  { device, adapter }: GpuConnection,
  ceilings: Ceilings,
): Promise<LagMapReport> {
  const B = 4;
  const gpu = new GpuEngine({ device, adapter, sources: shaderSources });
  try {
    const run = await gpu.run(randomProblem({ T, B, I: 3, H, O: 2, seed: 7 }));
    const timing = await time(
      15,
      async () => {
        const map = await run.lagMap();
        // The last row is the pass with a loss at T alone: it must be a number throughout.
        if (!map.subarray((T - 1) * T).every(Number.isFinite)) throw new Error('the map has holes');
      },
      BUDGET,
    );
    run.dispose();
    const multiplyAdds = (T * (T + 1) * B * H * H) / 2;
    const allowed = ceilings.roundTrip + (2 * multiplyAdds) / ceilings.product / 1e6;
    return { T, H, B, timing, allowed, share: allowed / timing.median };
  } finally {
    gpu.dispose();
  }
}
