import { describe, expect, it } from 'vitest';
import { niceDomain, valueTicks } from '../../src/ui/charts/lineAxis';

describe('ticks of the value axis', () => {
  const ticks = (values: readonly (number | null)[], kind: 'linear' | 'log10') => {
    const { at, label } = valueTicks(niceDomain(values, kind), 4, kind, values);
    return at.map(label);
  };

  it('name powers on a logarithmic axis', () => {
    expect(ticks([-4, 0], 'log10')).toContain('10⁻²');
  });

  it('name the lower edge 0 where every value is exactly zero', () => {
    expect(ticks([-Infinity, null, -Infinity], 'log10')).toEqual(['0']);
  });

  it('are none where there is no value, and numbers on a linear axis of zeros', () => {
    expect(ticks([null], 'log10')).toEqual([]);
    expect(ticks([0, 0], 'linear')).toContain('0');
  });
});
