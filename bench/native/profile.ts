/** Where a pass spends its time: each dispatch repeated, and the time loops in other layouts. */
import type { GpuConnection } from '../../src/engine/gpu/device';
import { Executor } from '../../src/engine/gpu/executor';
import { KernelLibrary, type Dispatch, type KernelVariant } from '../../src/engine/gpu/kernel';
import { streamingBackward } from '../../src/engine/gpu/kernels/backward';
import { registerBackward } from '../../src/engine/gpu/kernels/backward_registers';
import { streamingForward } from '../../src/engine/gpu/kernels/forward';
import { registerForward } from '../../src/engine/gpu/kernels/forward_registers';
import { groupsOf } from '../../src/engine/gpu/packing';
import { planPass, registerLoops, streamingLoops, type TimeLoops } from '../../src/engine/gpu/pass';
import { RunBuffers } from '../../src/engine/gpu/runBuffers';
import { shaderSources } from '../../src/engine/gpu/shaderSources';
import { ACTIVATIONS } from '../../src/model/kinds';
import { makeProblem, toProblem, type SizeName } from '../shared/problems';
import { median } from './median';

const ONE_LANE = { lanes: 1, lanesAtOnce: 1, resets: false };
const TANH = ACTIVATIONS.indexOf('tanh');

export interface DispatchTime {
  readonly kernel: string;
  readonly workgroups: readonly number[];
  /** µs, in the midst of its like */
  readonly microseconds: number;
}

export interface LayoutTime {
  readonly layout: string;
  /** µs a step */
  readonly forward: number;
  readonly backward: number;
  /** Of both kernels, ms */
  readonly compile: number;
}

export interface ProfileReport {
  readonly size: SizeName;
  readonly loops: string;
  readonly dispatches: readonly DispatchTime[];
  readonly layouts: readonly LayoutTime[];
}

/** µs of one dispatch: the slope over repetitions in a row, which wait for each other. */
async function timeOf(executor: Executor, dispatch: Dispatch): Promise<number> {
  const run = async (count: number) => {
    const started = performance.now();
    await executor.run(Array<Dispatch>(count).fill(dispatch), []);
    return performance.now() - started;
  };
  await run(1);
  let many = 2;
  while (many < 256 && (await run(many)) < 12) many *= 2;
  const [short, long]: [number[], number[]] = [[], []];
  for (let i = 0; i < 3; i++) {
    short.push(await run(1));
    long.push(await run(many));
  }
  return ((median(long) - median(short)) / (many - 1)) * 1000;
}

const describeLoop = ({ kernel, constants, defines }: KernelVariant) =>
  `${kernel.name} ${JSON.stringify({ ...constants, ...defines })}`;

/** Layouts worth a trial for H on a GPU: the registers of a thread are the limit. */
function layoutsOf(H: number): { layout: string; loops: TimeLoops }[] {
  const groups = groupsOf(H);
  const streaming = [8, 16, 32, 64, 128].map((threads) => ({
    layout: `streaming, ${threads} threads`,
    loops: { forward: streamingForward(TANH, threads), backward: streamingBackward(threads) },
  }));
  const registers = [1, 2]
    .filter((blocks) => groups % blocks === 0 && groups * blocks <= 32)
    .map((blocks) => {
      const layout = { HIDDEN_GROUPS: groups, ROW_BLOCKS: blocks, THREADS: groups / blocks };
      return {
        layout: `registers, ${blocks} groups a thread`,
        loops: { forward: registerForward(TANH, layout), backward: registerBackward(layout) },
      };
    });
  return [...streaming, ...registers];
}

/** @param end no further layout is begun after this time (performance.now()) */
export async function profile(
  size: SizeName,
  { device, adapter }: GpuConnection,
  end: number,
): Promise<ProfileReport> {
  const problem = toProblem(makeProblem(size));
  const { software } = adapter;
  const library = new KernelLibrary(device, shaderSources);
  const executor = new Executor(device, library, software);
  const buffers = new RunBuffers(device, problem, ONE_LANE);
  try {
    buffers.upload(problem);
    const plan = (loops: TimeLoops) => planPass(problem, buffers, loops, executor.costPerSubmit);
    const loops = registerLoops(problem, software) ?? streamingLoops(problem);
    // Once as a whole: every buffer then holds what its readers expect.
    await executor.run(plan(loops), []);
    const dispatches: DispatchTime[] = [];
    for (const dispatch of plan(loops)) {
      dispatches.push({
        kernel: dispatch.kernel.name,
        workgroups: dispatch.workgroups,
        microseconds: await timeOf(executor, dispatch),
      });
    }
    const layouts: LayoutTime[] = [];
    for (const candidate of layoutsOf(problem.H)) {
      if (performance.now() > end) break;
      const started = performance.now();
      await Promise.all([
        library.compile(candidate.loops.forward),
        library.compile(candidate.loops.backward),
      ]);
      const compile = performance.now() - started;
      const perStep = async (name: 'forward' | 'backward') => {
        let total = 0;
        for (const dispatch of plan(candidate.loops)) {
          if (dispatch.kernel === candidate.loops[name].kernel) {
            total += await timeOf(executor, dispatch);
          }
        }
        return total / problem.T;
      };
      const [forward, backward] = [await perStep('forward'), await perStep('backward')];
      layouts.push({ layout: candidate.layout, forward, backward, compile });
    }
    return { size, loops: describeLoop(loops.forward), dispatches, layouts };
  } finally {
    buffers.destroy();
    executor.destroy();
  }
}
