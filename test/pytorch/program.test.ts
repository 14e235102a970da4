import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION } from '../../src/model/configuration';
import type { Truncation } from '../../src/model/truncation';
import { MISTAKES, mistakeProgram } from '../../src/pytorch/mistakes';
import { numbersCarried, pytorchProgram } from '../../src/pytorch/program';
import { buildProblem } from '../../src/tasks/buildProblem';

// That the programs run and agree is shown by scripts/check-pytorch.mjs, under PyTorch itself.

function program(truncation: Truncation, cuts: number[] = [], own = false) {
  const configuration = { ...DEFAULT_CONFIGURATION, T: 12, B: 2, H: 3, truncation, cuts };
  const problem = buildProblem(configuration);
  const gradient = own ? Float64Array.from({ length: 9 }, (_, i) => i / 8) : null;
  return { problem, text: pytorchProgram({ problem, truncation, cuts, gradient }) };
}

describe('the PyTorch program', () => {
  it('detaches where the scheme says', () => {
    expect(program({ kind: 'none' }).text).not.toContain('detach');
    const chunked = program({ kind: 'chunked', every: 5 }).text;
    expect(chunked).toContain('k = 5');
    expect(chunked.indexOf('h = h.detach()')).toBeLessThan(chunked.indexOf('L.backward()'));
    expect(program({ kind: 'reset', every: 4 }).text).toContain('h = torch.zeros_like(h)');
    expect(program({ kind: 'reset', every: 4 }).text).not.toContain('h = h.detach()');
    const sliding = program({ kind: 'sliding', depth: 4, every: 2 }).text;
    expect(sliding).toContain('depth, every = 4, 2');
    expect(sliding).toContain('retain_graph=True');
  });

  it('carries the very links of a random draw', () => {
    const { problem, text } = program({ kind: 'random', keep: 0.7, seed: 5 });
    const kept = Array.from(problem.linkFactors!, (factor) => (factor === 0 ? 0 : 1));
    expect(kept).toContain(0);
    expect(text).toContain(`kept = [${kept.join(', ')}]`);
  });

  it('cuts by hand on top of any scheme, and only inside T', () => {
    for (const truncation of [{ kind: 'none' }, { kind: 'chunked', every: 4 }] as const) {
      const { text } = program(truncation, [3, 7, 40]);
      expect(text).toContain('cuts = {3, 7}');
      expect(text).toContain('if t + 1 in cuts:');
    }
  });

  it('carries the page’s numbers exactly, as floats, and asserts the gradient', () => {
    const { problem, text } = program({ kind: 'none' }, [], true);
    const list = /Wh = torch\.tensor\(\[([^\]]*)\]\)/.exec(text)![1]!;
    const numbers = list
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
    expect(numbers.map(Number)).toEqual(Array.from(problem.parameters.recurrentWeights));
    // Integers would make a tensor that takes no gradient.
    expect(text).toContain('b = torch.tensor([0.0, 0.0, 0.0])');
    expect(text).toContain('expected = torch.tensor([0.0, 0.125');
    expect(text).toContain('assert error < 1e-4');
    const count = [...text.matchAll(/torch\.tensor\(\[([^\]]*)\]/g)]
      .map((match) => match[1]!.split(',').filter((part) => part.trim() !== '').length)
      .reduce((sum, n) => sum + n, 0);
    expect(numbersCarried(problem)).toBeGreaterThanOrEqual(count);
  });

  it('writes class targets as integers, whose one-hot rows a squared error needs', () => {
    const configuration = {
      ...{ ...DEFAULT_CONFIGURATION, T: 5, B: 1, H: 2, loss: 'crossEntropy' as const },
      task: { kind: 'temporalOrder' as const },
      outputActivation: 'softmax' as const,
    };
    const problem = buildProblem(configuration);
    const truncation = { kind: 'none' } as const;
    const gradient = new Float64Array(4);
    const text = pytorchProgram({ problem, truncation, cuts: [], gradient });
    expect(text).toMatch(/target = torch\.tensor\(\[\d+(, \d+)*\]\)\.reshape\(T, B\)/);
    expect(text).toContain('F.cross_entropy(z, target[t])');
    const squared = pytorchProgram({
      ...{ problem: { ...problem, loss: 'mse' }, truncation, cuts: [], gradient },
    });
    expect(squared).toContain('F.one_hot(target[t], O)');
  });

  it('has a program of its own for every mistake, that asserts what it claims', () => {
    for (const mistake of MISTAKES) expect(mistakeProgram(mistake)).toMatch(/\bassert\b/);
    expect(new Set(MISTAKES.map(mistakeProgram)).size).toBe(MISTAKES.length);
  });
});
