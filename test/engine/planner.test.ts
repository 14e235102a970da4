import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Executor } from '../../src/engine/gpu/executor';
import type { Dispatch, KernelLibrary } from '../../src/engine/gpu/kernel';
import { dispatchAffine } from '../../src/engine/gpu/kernels/affine';
import { dispatchWeightGradient } from '../../src/engine/gpu/kernels/weight_gradient';
import {
  assertFits,
  planBuffers,
  planChunks,
  planLanes,
  planParts,
  recurrenceThreads,
  registerLayout,
} from '../../src/engine/gpu/planner';
import { BpttError } from '../../src/model/errors';
import type { Shape } from '../../src/model/problem';

const shape: Shape = { T: 100_000, B: 8, I: 3, H: 130, O: 5 };
const total = (sizes: object) =>
  Object.values(sizes as Record<string, number>).reduce((sum, size) => sum + size, 0);

function refusal(
  of: Parameters<typeof assertFits>[0],
  limits: Parameters<typeof assertFits>[1],
): BpttError | null {
  try {
    assertFits(of, limits);
    return null;
  } catch (error) {
    if (error instanceof BpttError) return error;
    throw error;
  }
}

describe('memory', () => {
  it.each([
    { largestBuffer: 2 ** 40, budget: 2 ** 28 },
    { largestBuffer: 2 ** 22, budget: 2 ** 40 },
    { largestBuffer: 1e6, budget: 9_999_999 },
  ])(
    '$largestBuffer a buffer, $budget in all: the T it names fits and one more does not',
    (limits) => {
      const error = refusal(shape, limits)!;
      expect(error).toMatchObject({ code: 'too-large', path: 'T' });
      const { fits, ...details } = error.details as Record<string, number>;
      expect(details).toEqual({ T: shape.T, B: shape.B, H: shape.H });
      expect(error.message).toContain(String(fits));
      expect(fits).toBeGreaterThan(0);
      expect(refusal({ ...shape, T: fits! }, limits)).toBeNull();
      expect(refusal({ ...shape, T: fits! + 1 }, limits)).not.toBeNull();
      const sizes = planBuffers({ ...shape, T: fits! });
      expect(total(sizes)).toBeLessThanOrEqual(limits.budget);
      expect(Math.max(...Object.values(sizes))).toBeLessThanOrEqual(limits.largestBuffer);
    },
  );

  it('counts the lanes of a window, and names a T that fits with them', () => {
    const limits = { largestBuffer: 2 ** 40, budget: 2 ** 28 };
    const windowed = { ...shape, T: 3000, window: { depth: 40, every: 1 } };
    const plain = refusal({ ...windowed, window: null, T: 100_000 }, limits)!;
    const error = refusal({ ...windowed, T: 100_000 }, limits)!;
    const { fits } = error.details as Record<string, number>;
    expect(fits).toBeLessThan(plain.details.fits as number);
    expect(error.message).toContain('a window of 40 steps');
    expect(refusal({ ...windowed, T: fits! }, limits)).toBeNull();
    expect(refusal({ ...windowed, T: fits! + 1 }, limits)).not.toBeNull();

    const plan = planLanes({ ...windowed, T: fits! }, limits);
    expect(plan).toEqual({ lanes: 40, lanesAtOnce: 1, resets: false });
    const shorter = planLanes(windowed, limits);
    expect(shorter.lanesAtOnce).toBeGreaterThan(1);
    expect(total(planBuffers(windowed, shorter))).toBeLessThanOrEqual(limits.budget);
    const more = { ...shorter, lanesAtOnce: shorter.lanesAtOnce + 1 };
    expect(shorter.lanesAtOnce === 40 || total(planBuffers(windowed, more)) > limits.budget).toBe(
      true,
    );
  });

  it('needs nothing more for a problem without window and resets', () => {
    const limits = { largestBuffer: 2 ** 40, budget: 2 ** 40 };
    const small = { T: 50, B: 2, I: 3, H: 6, O: 2 };
    const ordinary = planBuffers(small);
    expect(planBuffers(small, planLanes({ ...small, window: null, resets: [] }, limits))).toEqual(
      ordinary,
    );
    expect([ordinary.laneLinks, ordinary.laneStateGradients, ordinary.previousStateNorms]).toEqual([
      0, 0, 0,
    ]);
    expect(planLanes({ ...small, resets: [3] }, limits).resets).toBe(true);
    expect(planLanes({ ...small, window: { depth: 50, every: 1 } }, limits).lanes).toBe(1);
  });

  it('says so when no length fits', () => {
    const error = refusal({ ...shape, H: 4000 }, { largestBuffer: 1e6, budget: 1e9 })!;
    expect(error.details.fits).toBe(0);
    expect(error.message).toMatch(/B = 8 and H = 4000 .*smaller/);
  });

  it('grows with every size, and what fits exactly is not refused', () => {
    const small: Shape = { T: 5, B: 2, I: 3, H: 6, O: 2 };
    for (const key of ['T', 'B', 'I', 'H', 'O'] as const) {
      expect(total(planBuffers({ ...small, [key]: 40 }))).toBeGreaterThan(
        total(planBuffers(small)),
      );
    }
    const sizes = planBuffers(small);
    const exact = { largestBuffer: Math.max(...Object.values(sizes)), budget: total(sizes) };
    expect(refusal(small, exact)).toBeNull();
    expect(refusal(small, { ...exact, budget: exact.budget - 1 })).not.toBeNull();
    expect(refusal(small, { ...exact, largestBuffer: exact.largestBuffer - 1 })).not.toBeNull();
  });
});

describe('chunks', () => {
  it.each([
    [1, 5, 100],
    [10, 5, 4],
    [10, 5, 15],
    [100, 7, 50],
    [99, 1, 1e9],
  ])('%i steps of %i, at most %i at once', (steps, cost, most) => {
    const seen: number[] = [];
    for (const { first, last } of planChunks(steps, cost, most)) {
      expect(last).toBeGreaterThanOrEqual(first);
      if (last > first) expect((last - first + 1) * cost).toBeLessThanOrEqual(most);
      for (let t = first; t <= last; t++) seen.push(t);
    }
    expect(seen).toEqual(Array.from({ length: steps }, (_, t) => t + 1));
  });
});

describe('parts', () => {
  it.each([1, 31, 32, 33, 255, 513, 100_000])('cover %i rows once', (rows) => {
    for (const groups of [1, 17, 512]) {
      const { rowsPerPart, partCount } = planParts(rows, groups, groups);
      expect(rowsPerPart * partCount).toBeGreaterThanOrEqual(rows);
      expect(rowsPerPart * (partCount - 1)).toBeLessThan(rows);
      expect(partCount * groups * groups * 64).toBeLessThanOrEqual(
        Math.max(2 ** 26, groups ** 2 * 64),
      );
    }
  });
});

describe('dispatches', () => {
  const buffer = {} as GPUBuffer;

  it.each([
    [1, 1e9],
    [33, 100],
    [1000, 40_000],
    [5_000_000, 1e12],
  ])('affine covers %i rows once, within the limits of a dispatch', (rows, most) => {
    let next = 0;
    const work = { blocks: buffer, bias: buffer, input: buffer, output: buffer };
    for (const dispatch of dispatchAffine(
      { ...work, rows, inGroups: 3, outGroups: 9, inRowOffset: 2 },
      most,
    )) {
      const [first, end] = dispatch.uniforms.sizes!;
      expect(first).toBe(next);
      next = end!;
      const [x, y, z] = dispatch.workgroups;
      expect([x * 8 >= 9, y * 32 >= end! - first!, z]).toEqual([true, true, 1]);
      expect(Math.max(x, y)).toBeLessThanOrEqual(65_535);
    }
    expect(next).toBe(rows);
  });

  it('a weight gradient covers its parts once', () => {
    let next = 0;
    const buffers = {
      ...{ left: buffer, right: buffer, rowExponents: buffer, rightNorms: buffer },
      ...{ productExponents: buffer, firstOverflow: buffer, parts: buffer },
    };
    const sizes = { rows: 1000, leftGroups: 3, rightGroups: 40, rightRowOffset: 0, batch: 1 };
    const work = { ...buffers, ...sizes, rowsPerPart: 100, partCount: 10 };
    for (const { uniforms, workgroups } of dispatchWeightGradient(
      { ...work, product: 0, exponentKind: 3, ones: false },
      3 * 100 * 24 * 120,
    )) {
      expect(uniforms.sizes![5]).toBe(next);
      expect(workgroups.slice(0, 2)).toEqual([3, 1]);
      next += workgroups[2];
    }
    expect(next).toBe(10);
  });
});

describe('time loops', () => {
  it('threads: one per group where 128 are enough, in few sizes', () => {
    const sizes = new Set<number>();
    for (let groups = 1; groups <= 200; groups++) {
      const threads = recurrenceThreads(groups);
      expect(threads >= groups || threads === 128).toBe(true);
      sizes.add(threads);
    }
    // Each is compiled apart: a drag of H must not compile at every stop.
    expect([...sizes]).toEqual([8, 32, 128]);
  });

  it('register layouts own every group exactly once, and only where compiling pays', () => {
    for (const software of [true, false]) {
      for (let H = 1; H <= 140; H++) {
        const layout = registerLayout({ ...shape, T: 1e6, H }, software);
        if (layout === null) continue;
        expect(layout.THREADS * layout.ROW_BLOCKS).toBe(layout.HIDDEN_GROUPS);
        expect(layout.HIDDEN_GROUPS).toBe(Math.ceil(H / 4));
      }
      expect(registerLayout({ ...shape, T: 10, H: 32 }, software)).toBeNull();
      expect(registerLayout({ ...shape, T: 1e6, H: 300 }, software)).toBeNull();
    }
  });
});

describe('submits', () => {
  beforeEach(() => {
    vi.stubGlobal('GPUBufferUsage', { UNIFORM: 1, COPY_DST: 2, MAP_READ: 4 });
    vi.stubGlobal('GPUMapMode', { READ: 1 });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  /** A device that notes how many dispatches each submit holds. */
  function fakeDevice(onSubmit: (dispatches: number) => void) {
    let encoded = 0;
    const pass = {
      setPipeline: () => undefined,
      setBindGroup: () => undefined,
      dispatchWorkgroups: () => encoded++,
      end: () => undefined,
    };
    return {
      createCommandEncoder: () => ({
        beginComputePass: () => pass,
        copyBufferToBuffer: () => undefined,
        finish: () => {
          onSubmit(encoded);
          encoded = 0;
        },
      }),
      createBindGroup: () => ({}),
      createBuffer: ({ size }: GPUBufferDescriptor) => ({
        size,
        destroy: () => undefined,
        mapAsync: () => Promise.resolve(),
        getMappedRange: (offset: number, length: number) => new ArrayBuffer(length - offset),
        unmap: () => undefined,
      }),
      queue: {
        writeBuffer: () => undefined,
        submit: () => undefined,
        onSubmittedWorkDone: () => Promise.resolve(),
      },
    } as unknown as GPUDevice;
  }
  const library = {
    compile: ({ kernel }: Dispatch) => Promise.resolve({ definition: kernel }),
  } as unknown as KernelLibrary;
  const dispatchesOf = (...costs: number[]): Dispatch[] =>
    costs.map((cost) => ({
      kernel: { name: 'k', bindings: [], overrides: [] },
      ...{ constants: {}, buffers: {}, uniforms: {}, workgroups: [1, 1, 1], cost },
    }));
  const span = { buffer: {} as GPUBuffer, offset: 0, size: 8 };

  it('hold as many dispatches as the measured speed allows, in order, none left out', async () => {
    const submits: number[] = [];
    const executor = new Executor(
      fakeDevice((n) => submits.push(n)),
      library,
      true,
    );
    const most = executor.costPerSubmit;
    const work = dispatchesOf(0.4 * most, 0.6 * most, 0.1 * most, 3 * most, 0.5 * most, 0.6 * most);
    await executor.run(work, [span]);
    expect(submits.filter((n) => n > 0)).toEqual([2, 1, 1, 1, 1]);
  });

  it('learn from the clock, but not from a short run', async () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    let milliseconds = 1;
    const device = fakeDevice(() => {
      now += milliseconds;
    });
    const executor = new Executor(device, library, true);
    const before = executor.costPerSubmit;
    await executor.run(dispatchesOf(before), [span]);
    expect(executor.costPerSubmit).toBe(before);
    milliseconds = 1000;
    await executor.run(dispatchesOf(before), [span]);
    expect(executor.costPerSubmit).toBeLessThan(before);
  });

  it('stop between two of them when the signal fires', async () => {
    const controller = new AbortController();
    let submits = 0;
    const device = fakeDevice(() => {
      if (++submits === 3) controller.abort();
    });
    const executor = new Executor(device, library, true);
    const most = executor.costPerSubmit;
    const running = executor.run(
      dispatchesOf(...new Array<number>(20).fill(most)),
      [span],
      controller.signal,
    );
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    expect(submits).toBeLessThan(6);
  });

  it('nothing to run is a plain read', async () => {
    const submits: number[] = [];
    const executor = new Executor(
      fakeDevice((n) => submits.push(n)),
      library,
      true,
    );
    const bytes = await executor.run([], [span, span]);
    expect(submits).toEqual([0]);
    expect(bytes.length).toBe(2);
    executor.destroy();
  });
});
