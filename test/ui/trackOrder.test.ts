import { describe, expect, it } from 'vitest';
import { movedTo, placeAt } from '../../src/ui/timeline/trackOrder';

describe('a track moved to a place', () => {
  it('closes the gap it leaves', () => {
    expect(movedTo(['a', 'b', 'c', 'd'], 'a', 2)).toEqual(['b', 'c', 'a', 'd']);
    expect(movedTo(['a', 'b', 'c', 'd'], 'd', 0)).toEqual(['d', 'a', 'b', 'c']);
  });

  it('stays among the others however far it is carried', () => {
    expect(movedTo(['a', 'b', 'c'], 'b', -5)).toEqual(['b', 'a', 'c']);
    expect(movedTo(['a', 'b', 'c'], 'b', 99)).toEqual(['a', 'c', 'b']);
  });

  it('keeps the order when it is put where it is', () => {
    expect(movedTo(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'b', 'c']);
  });
});

describe('the place under the pointer', () => {
  it('is behind every other track whose middle it has passed', () => {
    expect(placeAt([50, 150, 250], 10)).toBe(0);
    expect(placeAt([50, 150, 250], 160)).toBe(2);
    expect(placeAt([50, 150, 250], 999)).toBe(3);
  });

  it('does not flip back once a taller track has been passed', () => {
    // A row of 30 px above one of 100 px; the pointer has passed the tall one's middle.
    const before = placeAt([30 + 50], 81);
    // Now the tall one is on top: its middle moved up, away from the pointer.
    const after = placeAt([50], 81);
    expect([before, after]).toEqual([1, 1]);
  });
});
