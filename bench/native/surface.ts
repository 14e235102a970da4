/** Points per second of the loss surface. */
import { createCpuEngine } from '../../src/engine/cpu/engine';
import type { GpuConnection } from '../../src/engine/gpu/device';
import { GpuEngine } from '../../src/engine/gpu/engine';
import { shaderSources } from '../../src/engine/gpu/shaderSources';
import type { Shape } from '../../src/model/problem';
import { gridLine } from '../../src/model/surface';
import { randomProblem } from '../../test/support/randomProblem';
import { pascanu, PASCANU_PLANE, randomPlane } from '../../test/support/surfaces';
import { time, type Timing } from '../shared/measure';

/** Milliseconds */
const BUDGET = 4000;
/** Points a piece of the CPU engine's time is at least spent on, milliseconds */
const CPU_ENOUGH = 1500;

interface Case {
  readonly name: string;
  readonly problem: ReturnType<typeof randomProblem>;
  readonly plane: ReturnType<typeof randomPlane>;
  /** Half the side of the window */
  readonly reach: number;
}

function randomCase(T: number, H: number, B: number): Case {
  const problem = randomProblem({ T, B, I: 3, H, O: 2, gain: 0.5, seed: 8 });
  const name = `T = ${T}, H = ${H}, B = ${B}`;
  return { name, problem, plane: randomPlane(problem, 2), reach: 0.05 };
}

/** The cliff of Pascanu et al. (T = 50, H = 1), the page's default size, and a larger one. */
export const SURFACES: readonly Case[] = [
  { name: 'T = 50, H = 1, B = 1', problem: pascanu, plane: PASCANU_PLANE, reach: 1 },
  randomCase(96, 24, 4),
  randomCase(100, 64, 16),
];

export interface SurfaceReport {
  readonly name: string;
  readonly shape: Shape;
  readonly size: number;
  /** Of the whole grid in one call */
  readonly webgpu: Timing;
  /** Points per second; the CPU engine's of as many points, spread over the grid, as its time allows */
  readonly speeds: { readonly webgpu: number; readonly cpu: number };
  readonly comparedPoints: number;
  /** Of the compared points, those that differ by more than 1e-3: at an edge, a rounding decides */
  readonly apart: number;
}

/** The grid's points in an order whose every beginning is spread over all of it. */
function spreadGrid(reach: number, size: number): Float64Array {
  const window = [-reach, reach] as const;
  const count = size * size;
  // Coprime to 3, 43 and 17, which the counts are made of.
  const stride = 7919;
  return Float64Array.from({ length: 2 * count }, (_, i) => {
    const cell = ((i >> 1) * stride) % count;
    const line = i % 2 === 0 ? cell % size : Math.floor(cell / size);
    return gridLine(window, line, size);
  });
}

/** The losses of the first points, doubling until they take long enough, and points per second. */
async function cpuSurface({ problem, plane }: Case, points: Float64Array) {
  const surface = await createCpuEngine().survey(problem, plane);
  try {
    for (let count = 16; ; count = Math.min(2 * count, points.length / 2)) {
      const started = performance.now();
      const losses = await surface.losses(points.subarray(0, 2 * count));
      const taken = performance.now() - started;
      if (taken > CPU_ENOUGH || 2 * count === points.length) {
        return { losses, perSecond: (1000 * count) / taken };
      }
    }
  } finally {
    surface.dispose();
  }
}

export async function benchmarkSurface(
  surfaceCase: Case,
  { device, adapter }: GpuConnection,
): Promise<SurfaceReport> {
  const { name, problem, plane, reach } = surfaceCase;
  // As many points as the finest grid of the page; minutes on a software adapter.
  const size = adapter.software ? 17 : 129;
  const points = spreadGrid(reach, size);
  const gpu = new GpuEngine({ device, adapter, sources: shaderSources });
  try {
    const surface = await gpu.survey(problem, plane);
    let losses: Float64Array = new Float64Array(0);
    const once = async () => (losses = await surface.losses(points));
    const webgpu = await time(15, once, BUDGET);
    const cpu = await cpuSurface(surfaceCase, points);
    const apart = cpu.losses.filter((loss, i) => !(Math.abs(losses[i]! / loss - 1) < 1e-3)).length;
    if (apart > 0.02 * cpu.losses.length + 1) {
      throw new Error(`${apart} of ${cpu.losses.length} points differ from the CPU engine's`);
    }
    const { T, B, I, H, O } = problem;
    return {
      ...{ name, shape: { T, B, I, H, O }, size, webgpu, apart },
      speeds: { webgpu: (1000 * size * size) / webgpu.median, cpu: cpu.perSecond },
      comparedPoints: cpu.losses.length,
    };
  } finally {
    gpu.dispose();
  }
}
