import { describe, expect, it } from 'vitest';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import type { LossSurface } from '../../src/engine/interface';
import { surveyWindow } from '../../src/engine/surface';
import { BpttError } from '../../src/model/errors';
import { GRID_SIZES, gridLine, type SurfaceGrid } from '../../src/model/surface';
import { pascanu, PASCANU_PLANE } from '../support/surfaces';

const window = { a: [-1, 1], b: [-0.5, 1.5] } as const;
/** L(a, b) = a + 10 b, and every point that was asked for. */
function plain(fail: (call: number) => BpttError | null = () => null) {
  const asked: [number, number][] = [];
  let calls = 0;
  let surveys = 0;
  let disposed = 0;
  // eslint-disable-next-line @typescript-eslint/require-await -- failures must reject, not throw
  const survey = async (): Promise<LossSurface> => {
    surveys++;
    return {
      // eslint-disable-next-line @typescript-eslint/require-await -- as above
      async losses(points) {
        const error = fail(calls++);
        if (error) throw error;
        const out = new Float64Array(points.length / 2);
        for (let i = 0; i < out.length; i++) {
          asked.push([points[2 * i]!, points[2 * i + 1]!]);
          out[i] = points[2 * i]! + 10 * points[2 * i + 1]!;
        }
        return out;
      },
      dispose: () => disposed++,
    };
  };
  return { asked, survey, counts: () => ({ surveys, disposed }) };
}

function run(
  survey: () => Promise<LossSurface>,
  finest: number,
  signal = new AbortController().signal,
) {
  const parts: SurfaceGrid[] = [];
  const progress: number[] = [];
  const end = surveyWindow(
    { window, finest },
    {
      survey,
      signal,
      onPart: (part) => parts.push(part),
      onProgress: (done) => progress.push(done),
    },
  );
  return { end, parts, progress };
}

describe('grids that become finer', () => {
  it('each is whole, and no point is computed twice', async () => {
    const { asked, survey, counts } = plain();
    const { end, parts } = run(survey, 33);
    const last = await end;
    const grids = [...parts, last];
    expect(grids.map(({ size }) => size)).toEqual([9, 17, 33]);
    for (const { size, losses } of grids) {
      losses.forEach((loss, cell) => {
        const a = gridLine(window.a, cell % size, size);
        const b = gridLine(window.b, Math.floor(cell / size), size);
        expect(loss).toBe(a + 10 * b);
      });
    }
    expect(asked.length).toBe(33 * 33);
    expect(new Set(asked.map(String)).size).toBe(33 * 33);
    expect(counts()).toEqual({ surveys: 1, disposed: 1 });
  });

  it('has the middle and the ends of a window exactly', () => {
    for (const size of GRID_SIZES) expect(gridLine([-0.3, 0.3], (size - 1) / 2, size)).toBe(0);
    expect(gridLine([-1, 3], 0, 9)).toBe(-1);
    expect(gridLine([-1, 3], 8, 9)).toBe(3);
    expect(gridLine([-1.97, 0.33], 8, 9)).toBe(0.33);
  });

  it('goes on after one lost device, not after two', async () => {
    const loss = new BpttError('device-lost', '', 'gone');
    const once = plain((call) => (call === 1 ? loss : null));
    expect((await run(once.survey, 33).end).losses[0]).toBe(-6);
    expect(once.counts()).toEqual({ surveys: 2, disposed: 2 });
    const twice = plain((call) => (call > 0 ? loss : null));
    await expect(run(twice.survey, 33).end).rejects.toMatchObject({ code: 'device-lost' });
    expect(twice.counts().disposed).toBe(2);
  });

  it('ends between two grids', async () => {
    const controller = new AbortController();
    const { survey, counts } = plain();
    const pending = surveyWindow(
      { window, finest: 129 },
      {
        survey,
        signal: controller.signal,
        onPart: () => controller.abort(),
        onProgress: () => undefined,
      },
    );
    await expect(pending).rejects.toMatchObject({ code: 'aborted' });
    expect(counts().disposed).toBe(1);
  });

  it('tells a progress that only grows, to the end', async () => {
    const signal = new AbortController().signal;
    const engine = createCpuEngine();
    const { end, progress } = run(() => engine.survey(pascanu, PASCANU_PLANE, signal), 17, signal);
    await end;
    expect(progress.every((done, i) => i === 0 || done > progress[i - 1]!)).toBe(true);
    expect(progress[0]).toBeCloseTo(1 / 289, 10);
    expect(progress.at(-1)).toBe(1);
  });
});
