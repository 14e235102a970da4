import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BpttError } from '../../src/model/errors';
import { problemFromInput } from '../../src/model/problemFromInput';

const CASES = new URL('../fixtures/golden/', import.meta.url);

function validInput(): Record<string, unknown> {
  return {
    ...{ T: 3, B: 2, I: 1, H: 2, O: 2 },
    ...{ activation: 'tanh', outputActivation: 'identity', loss: 'mse' },
    Wh: [0.1, 0.2, 0.3, 0.4],
    Wx: [1, 2],
    b: [0, 0],
    Wy: [1, 2, 3, 4],
    c: [0, 0],
    x: [1, 2, 3, 4, 5, 6],
    target: new Array(12).fill(0.5),
  };
}

function refusal(input: unknown): BpttError {
  try {
    problemFromInput(input);
  } catch (error) {
    if (error instanceof BpttError) return error;
    throw error;
  }
  throw new Error('The input was accepted.');
}

describe('problemFromInput', () => {
  it.each(readdirSync(CASES))('accepts the golden case %s as it stands', (file) => {
    const golden = JSON.parse(readFileSync(new URL(file, CASES), 'utf8')) as { Wh: number[] };
    expect([...problemFromInput(golden).parameters.recurrentWeights]).toEqual(golden.Wh);
  });

  it('fills h0, lossWeight and detach in', () => {
    const problem = problemFromInput(validInput());
    expect(problem.initialState).toEqual(new Float64Array(4));
    expect(problem.lossWeights).toEqual(Float64Array.of(1, 1, 1));
    expect(problem.cuts).toEqual([]);
    expect(problem.targets.kind).toBe('dense');
  });

  it('keeps float64, keeps float32, and copies both', () => {
    const Wx = Float32Array.of(0.1, 0.2);
    const { parameters } = problemFromInput({ ...validInput(), Wx });
    expect(parameters.recurrentWeights[0]).toBe(0.1);
    expect(parameters.inputWeights).toEqual(Wx);
    Wx[0] = 5;
    expect(parameters.inputWeights[0]).toBe(Math.fround(0.1));
  });

  it('sorts detach and drops repetitions', () => {
    expect(problemFromInput({ ...validInput(), detach: [3, 1, 3] }).cuts).toEqual([1, 3]);
  });

  it('reads resets, factors of links and a window; without them there are none', () => {
    const given = { reset: [3, 2, 3], linkFactors: [1, 0, 1.25], window: { depth: 2, every: 2 } };
    const { resets, linkFactors, window } = problemFromInput({ ...validInput(), ...given });
    expect(resets).toEqual([2, 3]);
    expect(linkFactors).toEqual(Float64Array.of(1, 0, 1.25));
    expect(window).toEqual({ depth: 2, every: 2 });
    const plain = Object.keys(problemFromInput(validInput()));
    for (const key of ['resets', 'linkFactors', 'window']) expect(plain).not.toContain(key);
    expect(problemFromInput({ ...validInput(), window: null }).window).toBeNull();
    const bounds = Float32Array.of(1e-6, 0, 1e6);
    expect(problemFromInput({ ...validInput(), linkFactors: bounds }).linkFactors).toEqual(bounds);
  });

  it('reads class targets', () => {
    const target = [0, 1, 0, 1, 1, 0];
    const classes = { ...validInput(), loss: 'crossEntropy', targetKind: 'class', target };
    expect(problemFromInput(classes).targets).toEqual({
      kind: 'class',
      indices: Int32Array.from(target),
    });
  });

  it('says what is needed and what was given', () => {
    const error = refusal({ ...validInput(), H: 4, b: [0, 0, 0, 0], Wh: new Array(12).fill(0) });
    expect(error).toMatchObject({
      code: 'invalid-problem',
      path: 'Wh',
      message: 'Wh needs 16 numbers (H×H = 4×4), got 12',
      details: { needed: 16, got: 12 },
    });
  });

  const hole: number[] = [1, 2, 3, 4, 5, 6];
  // eslint-disable-next-line @typescript-eslint/no-array-delete -- a hole is what is tested
  delete hole[2];
  const classes = { loss: 'crossEntropy', targetKind: 'class' };
  it.each<[string, Record<string, unknown>, string]>([
    ['a size of text', { T: '3' }, 'T'],
    ['a size of 0', { B: 0 }, 'B'],
    ['a fraction', { H: 2.5 }, 'H'],
    ['a size over the budget', { T: 1e9 }, 'T'],
    ['an infinite size', { O: Infinity }, 'O'],
    ['an unknown activation', { activation: 'TANH' }, 'activation'],
    ['a name of the prototype', { loss: 'toString' }, 'loss'],
    ['a missing array', { Wy: undefined }, 'Wy'],
    ['null', { c: null }, 'c'],
    ['an object', { b: { 0: 1, 1: 2, length: 2 } }, 'b'],
    ['an array too long', { c: [1, 2, 3] }, 'c'],
    [
      'a nested array',
      {
        Wh: [
          [1, 2],
          [3, 4],
        ],
      },
      'Wh',
    ],
    ['a nested array further on', { Wh: [1, 2, [3], 4] }, 'Wh[2]'],
    ['a hole', { x: hole }, 'x[2]'],
    ['NaN', { x: [1, 2, 3, 4, 5, NaN] }, 'x[5]'],
    ['infinity in a typed array', { Wx: Float32Array.of(1, Infinity) }, 'Wx[1]'],
    ['a number as text', { x: ['1', 2, 3, 4, 5, 6] }, 'x[0]'],
    ['a value beyond float32', { b: [0, -3.5e38] }, 'b[1]'],
    ['big integers', { b: BigInt64Array.of(1n, 2n) }, 'b'],
    ['a DataView', { b: new DataView(new ArrayBuffer(2)) }, 'b'],
    ['h0 of another size', { h0: [1] }, 'h0'],
    ['lossWeight of another size', { lossWeight: [1, 1] }, 'lossWeight'],
    ['an infinite loss weight', { lossWeight: [1, 1, -Infinity] }, 'lossWeight[2]'],
    ['detach 0', { detach: [1, 0] }, 'detach[1]'],
    ['detach beyond T', { detach: [4] }, 'detach[0]'],
    ['half a step', { detach: [1.5] }, 'detach[0]'],
    ['detach as a number', { detach: 2 }, 'detach'],
    ['reset 0', { reset: [0] }, 'reset[0]'],
    ['reset as a number', { reset: 2 }, 'reset'],
    ['linkFactors of another size', { linkFactors: [1, 1] }, 'linkFactors'],
    ['a negative factor', { linkFactors: [1, -1, 1] }, 'linkFactors[1]'],
    ['a factor too large', { linkFactors: [1, 1, 1e7] }, 'linkFactors[2]'],
    ['a factor too small', { linkFactors: [1e-7, 1, 1] }, 'linkFactors[0]'],
    ['an infinite factor', { linkFactors: [1, 1, Infinity] }, 'linkFactors[2]'],
    ['a window of text', { window: '10' }, 'window'],
    ['a window without depth', { window: { every: 1 } }, 'window.depth'],
    ['a window of 0', { window: { depth: 0, every: 1 } }, 'window.depth'],
    ['a fraction of a window', { window: { depth: 2, every: 0.5 } }, 'window.every'],
    ['a window that skips losses', { window: { depth: 2, every: 3 } }, 'window.every'],
    ['an unknown key of a window', { window: { depth: 2, every: 1, of: 1 } }, 'window.of'],
    ['an unknown kind of target', { targetKind: 'soft' }, 'targetKind'],
    ['class targets with mse', { targetKind: 'class', target: [0, 0, 0, 0, 0, 0] }, 'targetKind'],
    ['a class beyond O', { ...classes, target: [0, 0, 0, 0, 0, 2] }, 'target[5]'],
    ['half a class', { ...classes, target: [0, 0.5, 0, 0, 0, 0] }, 'target[1]'],
    ['dense targets as classes', { ...classes, target: new Array(12).fill(0) }, 'target'],
    ['bce above 1', { loss: 'bce', target: [...new Array<number>(11).fill(0), 1.1] }, 'target[11]'],
    [
      'a negative probability',
      { loss: 'crossEntropy', target: new Array(12).fill(-1) },
      'target[0]',
    ],
    ['an unknown key', { weights: 1 }, 'weights'],
  ])('refuses %s', (_, change, path) => {
    const error = refusal({ ...validInput(), ...change });
    expect(error.code).toBe('invalid-problem');
    expect(error.path).toBe(path);
    expect(error.message.length).toBeGreaterThan(10);
  });

  it.each([null, undefined, 3, 'x', [], new Map(), () => 1])('refuses %s as a problem', (input) => {
    expect(refusal(input)).toMatchObject({ code: 'invalid-problem', path: '' });
  });

  it('is safe from hostile objects', () => {
    const polluted = JSON.parse('{"__proto__": {"T": 1}}') as object;
    expect(refusal({ ...validInput(), ...polluted }).code).toBe('invalid-problem');
    expect(refusal(polluted).path).toBe('__proto__');
    expect(refusal(Object.create(validInput())).code).toBe('invalid-problem');
    const throwing = Object.defineProperty(validInput(), 'Wh', {
      enumerable: true,
      get() {
        throw new Error('gotcha');
      },
    });
    expect(refusal(throwing)).toMatchObject({ code: 'invalid-problem', path: '' });
  });
});
