import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dragged,
  keyedValue,
  nextValue,
  type NumberScale,
  positionOf,
  SLIDER_POSITIONS,
  valueAt,
  wholeScale,
} from '../../../src/ui/controls/numberScale';

const GAIN: NumberScale = { least: 0, most: 10, step: 0.01, whole: false, logarithmic: false };
const ANGLE: NumberScale = { ...GAIN, least: -Math.PI, most: Math.PI };
const SEED = wholeScale({ least: 0, most: 0xffffffff });
const WIDTH: NumberScale = { ...wholeScale({ least: 1, most: 512 }), logarithmic: true };
const LENGTH: NumberScale = { ...wholeScale({ least: 1, most: 100_000 }), logarithmic: true };
const SCALES = { GAIN, ANGLE, SEED, WIDTH, LENGTH };
const NAMED = Object.entries(SCALES);

describe('the nearest value of a scale', () => {
  it('is bounded', () => {
    expect(nextValue(-1, GAIN)).toBe(0);
    expect(nextValue(11, GAIN)).toBe(10);
    expect(nextValue(Infinity, WIDTH)).toBe(512);
    expect(nextValue(-Infinity, WIDTH)).toBe(1);
    expect(nextValue(2 ** 32, SEED)).toBe(0xffffffff);
  });

  it('is whole where the scale is, at any size', () => {
    expect(nextValue(3.4, WIDTH)).toBe(3);
    expect(nextValue(3.6, WIDTH)).toBe(4);
    expect(nextValue(4294967294.4, SEED)).toBe(4294967294);
  });

  it('has no noise of repeated steps', () => {
    let value = 0;
    for (let i = 0; i < 95; i++) value = nextValue(value + 0.01, GAIN);
    expect(value).toBe(0.95);
    expect(nextValue(0.1 + 0.2, GAIN)).toBe(0.3);
  });

  it('does not leave the scale by rounding', () => {
    // Twelve digits of π are above π.
    expect(nextValue(Math.PI, ANGLE)).toBe(Math.PI);
    expect(nextValue(-Math.PI, ANGLE)).toBe(-Math.PI);
    expect(nextValue(4, ANGLE)).toBe(Math.PI);
  });

  it.each(NAMED)('stays where it is: %s', (_, scale) => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        const once = nextValue(value, scale);
        expect(once).toBeGreaterThanOrEqual(scale.least);
        expect(once).toBeLessThanOrEqual(scale.most);
        expect(nextValue(once, scale)).toBe(once);
        if (scale.whole) expect(Number.isInteger(once)).toBe(true);
      }),
    );
  });
});

describe('dragging a number', () => {
  it('moves by one step for two pixels on a linear scale', () => {
    expect(dragged(0.95, 0, 1, GAIN)).toBe(0.95);
    expect(dragged(0.95, 2, 1, GAIN)).toBe(0.96);
    expect(dragged(0.95, -20, 1, GAIN)).toBe(0.85);
    expect(dragged(0.95, 2, 10, GAIN)).toBe(1.05);
    expect(dragged(0.95, 2, 0.1, GAIN)).toBe(0.951);
    expect(dragged(7, 6, 1, SEED)).toBe(10);
  });

  it('moves by factors on a logarithmic scale', () => {
    expect(dragged(100, 100, 1, LENGTH)).toBe(Math.round(100 * Math.E));
    expect(dragged(100, -100, 1, LENGTH)).toBe(Math.round(100 / Math.E));
    expect(dragged(100, 10, 10, LENGTH)).toBe(Math.round(100 * Math.E));
    expect(dragged(1000, 100, 0.1, LENGTH)).toBe(Math.round(1000 * Math.exp(0.1)));
  });

  it('stops at the ends, however far the pointer goes', () => {
    expect(dragged(100, 1e6, 10, LENGTH)).toBe(100_000);
    expect(dragged(100, -1e6, 10, LENGTH)).toBe(1);
    expect(dragged(1, 1e9, 1, GAIN)).toBe(10);
    expect(dragged(1, -1e9, 1, GAIN)).toBe(0);
  });
});

describe('the slider', () => {
  it.each(NAMED)('reaches both ends of %s', (_, scale) => {
    expect(positionOf(scale.least, scale)).toBe(0);
    expect(positionOf(scale.most, scale)).toBe(SLIDER_POSITIONS);
    expect(valueAt(0, scale)).toBeCloseTo(scale.least, 2);
    expect(valueAt(SLIDER_POSITIONS, scale)).toBeCloseTo(scale.most, 2);
  });

  it.each(NAMED)('has values in order and inside %s', (_, scale) => {
    let last = -Infinity;
    for (let position = 0; position <= SLIDER_POSITIONS; position++) {
      const value = valueAt(position, scale);
      expect(value).toBeGreaterThanOrEqual(Math.max(last, scale.least));
      expect(value).toBeLessThanOrEqual(scale.most);
      last = value;
    }
  });

  it('puts equal factors at equal distances on a logarithmic scale', () => {
    expect(positionOf(10, LENGTH)).toBe(200);
    expect(positionOf(100, LENGTH)).toBe(400);
    expect(positionOf(10_000, LENGTH)).toBe(800);
    expect(valueAt(600, LENGTH)).toBe(1000);
  });

  it('puts equal differences at equal distances on a linear scale', () => {
    expect(positionOf(2.5, GAIN)).toBe(250);
    expect(valueAt(95, GAIN)).toBe(0.95);
    expect(positionOf(0, ANGLE)).toBe(500);
    expect(valueAt(500, ANGLE)).toBe(0);
  });

  it('gives whole values to the step of the scale', () => {
    for (let position = 0; position <= SLIDER_POSITIONS; position += 7) {
      expect(Number.isInteger(valueAt(position, WIDTH))).toBe(true);
      const hundredths = valueAt(position, GAIN) * 100;
      expect(Math.abs(hundredths - Math.round(hundredths))).toBeLessThan(1e-9);
    }
  });

  it('moves by at least one step with a key, further with Shift, and to both ends', () => {
    const key = (name: string, value: number, scale = GAIN, hasShift = false) =>
      keyedValue(name, hasShift, value, scale);
    expect(key('ArrowRight', 0.95)).toBe(0.96);
    expect(key('ArrowDown', 0.95)).toBe(0.94);
    // 100 and 101 share a position.
    expect(key('ArrowUp', 100, LENGTH)).toBe(101);
    expect(key('ArrowRight', 0.95, GAIN, true)).toBe(1.45);
    expect(key('PageUp', 0.95)).toBe(1.45);
    expect(key('PageDown', 0.3)).toBe(0);
    expect(key('Home', 0.95)).toBe(0);
    expect(key('End', 0.95)).toBe(10);
    expect(key('a', 0.95)).toBeNull();
  });

  it('keeps a value beyond its end, whatever key points there', () => {
    const usual = { ...GAIN, most: 2 };
    expect(keyedValue('ArrowRight', false, 7, usual)).toBe(7);
    expect(keyedValue('End', false, 7, usual)).toBe(7);
    expect(keyedValue('ArrowLeft', false, 7, usual)).toBeLessThanOrEqual(2);
    expect(keyedValue('ArrowLeft', false, 0, usual)).toBe(0);
  });

  it('stays on the track for a value outside the scale', () => {
    expect(positionOf(-5, GAIN)).toBe(0);
    expect(positionOf(50, GAIN)).toBe(SLIDER_POSITIONS);
    expect(positionOf(1e9, LENGTH)).toBe(SLIDER_POSITIONS);
  });

  it('has a place for the only value of a scale', () => {
    // A text of two characters has data for one step.
    const only = wholeScale({ least: 1, most: 1 });
    for (const scale of [only, { ...only, logarithmic: true }]) {
      expect(positionOf(1, scale)).toBe(0);
      expect(valueAt(0, scale)).toBe(1);
      expect(valueAt(SLIDER_POSITIONS, scale)).toBe(1);
    }
  });
});
