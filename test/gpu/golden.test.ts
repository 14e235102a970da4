import { describe, expect, it } from 'vitest';
import { GOLDEN_CASES } from '../support/golden';
import { expectMatches, gpuEvaluation } from './support';

describe('the WebGPU engine against float64 autograd', () => {
  it.each(GOLDEN_CASES.map((golden) => [golden.name, golden] as const))('%s', async (_, golden) => {
    const actual = await gpuEvaluation(golden.problem);
    expect(actual.overflowAt).toBeNull();
    expectMatches(actual, golden.expected, 1e-4);
  });
});
