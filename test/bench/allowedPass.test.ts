import { expect, it } from 'vitest';
import type { Ceilings } from '../../bench/native/ceilings';
import { allowedPass } from '../../bench/native/engines';

const ceilings: Ceilings = {
  ...{ copyKernel: 1, copyQueue: 1, product: 2, barrier: {}, recurrence: { 3: 0.5 } },
  ...{ dispatch: 1, roundTrip: 0.25, roundTripLeast: 0.2 },
};

it('the least time of a pass counts each product, each tensor and each step once', () => {
  const shape = { T: 5, B: 2, I: 1, H: 3, O: 2 };
  const allowed = allowedPass(shape, ceilings);
  // Forward W_x x, W_h h, W_y h; back W_yᵀ, W_hᵀ; gradients of W_h, W_x, W_y.
  const multiplyAdds = 5 * 2 * (3 + 9 + 6 + 6 + 9 + 9 + 3 + 6);
  expect(allowed.arithmetic).toBeCloseTo((2 * multiplyAdds) / 2e6, 12);
  expect(allowed.serial).toBeCloseTo((2 * 5 * 0.5) / 1000, 12);
  expect(allowed.memory).toBeCloseTo((5 * 2 * 4 * (30 + 12 + 1 + 2)) / 1e6, 12);
  expect(allowed.total).toBeCloseTo(0.25 + allowed.serial, 12);
});

it('refuses a width for which no step was measured', () => {
  expect(() => allowedPass({ T: 1, B: 1, I: 1, H: 4, O: 1 }, ceilings)).toThrow('H = 4');
});
