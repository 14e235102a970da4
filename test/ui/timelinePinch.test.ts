import { describe, expect, it } from 'vitest';
import { fingersAt, pinched } from '../../src/ui/timeline/pinch';

/** 50 steps, 10 pixels each */
const scale = { from: 1, to: 50, width: 500 };

describe('two fingers on the axis', () => {
  it('carry the window along with their centre, in whole steps', () => {
    const first = pinched(fingersAt(100, 300), fingersAt(74, 274), scale);
    expect(first).toMatchObject({ pan: 2, zoom: 1 });
    // What was left of the movement counts with the next one.
    const second = pinched(first.from, fingersAt(69, 269), scale);
    expect(second).toMatchObject({ pan: 1, zoom: 1 });
    expect(pinched(second.from, fingersAt(89, 289), scale).pan).toBe(-1);
  });

  it('stretch it by what is between them; small changes add up', () => {
    const first = pinched(fingersAt(100, 300), fingersAt(96, 304), scale);
    expect(first).toMatchObject({ pan: 0, zoom: 1 });
    const second = pinched(first.from, fingersAt(90, 310), scale);
    expect(second).toMatchObject({ pan: 0, zoom: 1.1 });
    expect(pinched(second.from, fingersAt(150, 250), scale).zoom).toBeLessThan(0.5);
  });

  it('of which only one moves do both', () => {
    expect(pinched(fingersAt(100, 300), fingersAt(60, 300), scale)).toMatchObject({
      pan: 2,
      zoom: 1.2,
    });
  });

  it('have a direction, however near they come', () => {
    expect(pinched(fingersAt(100, 101), fingersAt(101, 100), scale).zoom).toBe(1);
  });
});
