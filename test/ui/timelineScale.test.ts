import { describe, expect, it } from 'vitest';
import {
  boundaryAt,
  centreOf,
  cutPositions,
  decadeTicks,
  leftOf,
  logTicks,
  plotSpan,
  stepAt,
  timeTicks,
} from '../../src/ui/charts/timeScale';
import { cutNear, hitAt, moved, toggled } from '../../src/ui/timeline/hit';
import {
  atZoomLevel,
  LEAST_SHOWN,
  panned,
  revealing,
  shownSteps,
  viewOf,
  zoomed,
  zoomLevel,
} from '../../src/ui/timeline/window';

const scale = { from: 11, to: 20, width: 200 };

describe('the shared time axis', () => {
  it('gives every step the same width, from the left edge on', () => {
    expect(leftOf(scale, 11)).toBe(0);
    expect(centreOf(scale, 11)).toBe(10);
    expect(leftOf(scale, 21)).toBe(200);
  });

  it('says where steps lie, as far as they are in sight', () => {
    expect(plotSpan(scale, 12, 13)).toEqual({ left: 20, width: 40 });
    expect(plotSpan(scale, 1, 11)).toEqual({ left: 0, width: 20 });
    expect(plotSpan(scale, 20, 99)).toEqual({ left: 180, width: 20 });
    expect(plotSpan(scale, 1, 10)).toEqual({ left: 0, width: 0 });
    expect(plotSpan(scale, 21, 30).width).toBe(0);
  });

  it('finds the step under a pixel, clamped to the shown ones', () => {
    expect(stepAt(scale, 0)).toBe(11);
    expect(stepAt(scale, 19.9)).toBe(11);
    expect(stepAt(scale, 20)).toBe(12);
    expect(stepAt(scale, -50)).toBe(11);
    expect(stepAt(scale, 500)).toBe(20);
  });

  it('finds the boundary by its later step', () => {
    expect(boundaryAt(scale, 22)).toBe(12);
    expect(boundaryAt(scale, 31)).toBe(13);
    expect(boundaryAt(scale, 0)).toBe(11);
    expect(boundaryAt(scale, 200)).toBe(20);
  });

  it('labels the ends and round steps between, never crowded', () => {
    expect(timeTicks({ from: 1, to: 96, width: 588 }, 64)).toEqual([1, 20, 40, 60, 80, 96]);
    expect(timeTicks({ from: 1, to: 1, width: 588 }, 64)).toEqual([1]);
    const far = timeTicks({ from: 1, to: 100_000, width: 588 }, 64);
    expect(far).toEqual([1, 20_000, 40_000, 60_000, 80_000, 100_000]);
  });

  it('labels decades sparsely over thousands of them and densely over one', () => {
    expect(decadeTicks(-6000, 0, 6)).toEqual([-6000, -4000, -2000, 0]);
    expect(decadeTicks(-3.5, 0.2, 8)).toEqual([-3, -2, -1, 0]);
    expect(logTicks(-0.5, 0.5, 8).map((v) => Math.round(10 ** v * 10) / 10)).toEqual([0.5, 1, 2]);
  });
});

describe('what the pointer is on', () => {
  it('prefers a cut nearby to everything else', () => {
    expect(hitAt(scale, [13], 42, false)).toEqual({ kind: 'cut', step: 13 });
    expect(hitAt(scale, [13], 46, false)).toEqual({ kind: 'step', step: 13 });
  });

  it('finds a boundary within reach where steps are wide', () => {
    expect(hitAt(scale, [], 62, false)).toEqual({ kind: 'boundary', step: 14 });
    expect(hitAt(scale, [], 70, false)).toEqual({ kind: 'step', step: 14 });
  });

  it('means the step on narrow steps, and the nearest boundary on the rail', () => {
    const narrow = { from: 1, to: 96, width: 588 };
    expect(hitAt(narrow, [], leftOf(narrow, 40), false)).toEqual({ kind: 'step', step: 40 });
    expect(hitAt(narrow, [], leftOf(narrow, 40) + 2, true)).toEqual({ kind: 'boundary', step: 40 });
  });

  it('never takes a touch near a boundary for a cut', () => {
    expect(hitAt(scale, [], 62, false, true)).toEqual({ kind: 'step', step: 14 });
  });

  it('finds the nearest of many cuts', () => {
    const cuts = Array.from({ length: 10_000 }, (_, i) => 10 * (i + 1));
    const long = { from: 1, to: 100_000, width: 600 };
    expect(cutNear(long, cuts, leftOf(long, 50_000), 4)).toBe(50_000);
    expect(cutNear(scale, [], 10, 4)).toBeNull();
  });
});

describe('cuts', () => {
  it('are toggled and stay ascending', () => {
    expect(toggled([5, 9], 7)).toEqual([5, 7, 9]);
    expect(toggled([5, 7, 9], 7)).toEqual([5, 9]);
  });

  it('are moved; two at one place become one', () => {
    expect(moved([5, 9], 5, 12)).toEqual([9, 12]);
    expect(moved([5, 9], 5, 9)).toEqual([9]);
  });

  it('are drawn at most once a pixel', () => {
    const all = Array.from({ length: 100_000 }, (_, i) => i + 1);
    const drawn = cutPositions({ from: 1, to: 100_000, width: 600 }, all);
    expect(drawn.length).toBeLessThanOrEqual(600);
    expect(cutPositions(scale, [5, 12, 30])).toEqual([20]);
  });
});

describe('zoom and pan', () => {
  it('reads "to the end" and keeps it', () => {
    expect(shownSteps({ from: 1, to: 0 }, 96)).toEqual({ from: 1, to: 96 });
    expect(shownSteps({ from: 50, to: 80 }, 40)).toEqual({ from: 40, to: 40 });
    expect(viewOf({ from: 5, to: 96 }, 96)).toEqual({ from: 5, to: 0 });
  });

  it('keeps the step under the pointer in its place', () => {
    const after = zoomed({ from: 1, to: 1000 }, 2, 0.25, 1000);
    expect(after).toEqual({ from: 126, to: 625 });
    const before = { ...after, width: 800 };
    expect(stepAt(before, 200)).toBe(stepAt({ from: 1, to: 1000, width: 800 }, 200));
  });

  it('stops at a dozen steps and at all of them', () => {
    let shown = { from: 1, to: 96 };
    for (let i = 0; i < 50; i++) shown = zoomed(shown, 1.2, 0.5, 96);
    expect(shown.to - shown.from + 1).toBe(LEAST_SHOWN);
    for (let i = 0; i < 200; i++) shown = zoomed(shown, 0.97, 0.5, 96);
    expect(shown).toEqual({ from: 1, to: 96 });
    expect(zoomed({ from: 1, to: 5 }, 4, 0.5, 5)).toEqual({ from: 1, to: 5 });
  });

  it('pans and reveals within the ends of time', () => {
    expect(panned({ from: 10, to: 30 }, -50, 96)).toEqual({ from: 1, to: 21 });
    expect(panned({ from: 10, to: 30 }, 500, 96)).toEqual({ from: 76, to: 96 });
    expect(revealing({ from: 10, to: 30 }, 35, 96)).toEqual({ from: 15, to: 35 });
    expect(revealing({ from: 10, to: 30 }, 20, 96)).toEqual({ from: 10, to: 30 });
  });

  it('maps the slider to windows and back', () => {
    for (const level of [0, 0.3, 0.7, 1]) {
      expect(zoomLevel(atZoomLevel(level, 50_000, 100_000), 100_000)).toBeCloseTo(level, 2);
    }
    expect(zoomLevel({ from: 1, to: 5 }, 5)).toBe(0);
  });
});
