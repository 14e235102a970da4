import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION, type RunConfiguration } from '../../src/model/configuration';
import type { Loss, OutputActivation } from '../../src/model/kinds';
import { STREAMS, uniform } from '../../src/model/random';
import { draw, forecast, sampleClasses } from '../../src/reference/closedLoop';
import { forward } from '../../src/reference/forward';
import { predictions, walk, type Network } from '../../src/reference/walk';
import { buildProblem } from '../../src/tasks/buildProblem';
import { classesOfText, OTHER_MARK, textOfClasses } from '../../src/tasks/characters';
import { textTask } from '../../src/tasks/text';

/** What is likeliest after class k is class k + 1: "abcabc". Two thirds are a little likely too. */
function shift(change: { loss?: Loss; outputActivation?: OutputActivation } = {}): Network {
  const identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  return {
    ...{ I: 3, H: 3, O: 3, activation: 'identity' },
    ...{ outputActivation: 'softmax', loss: 'crossEntropy' },
    ...change,
    parameters: {
      inputWeights: Float64Array.from(identity),
      recurrentWeights: new Float64Array(9),
      hiddenBias: new Float64Array(3),
      outputWeights: Float64Array.from([0, 0, 2, 2, 0, 0, 0, 2, 0]),
      outputBias: new Float64Array(3),
    },
  };
}

/** x_{t+1} = 2 cos ω x_t − x_{t−1}: two units hold the last two values. */
function oscillator(omega: number): Network {
  return {
    ...{ I: 1, H: 2, O: 1, activation: 'identity', outputActivation: 'identity', loss: 'mse' },
    parameters: {
      inputWeights: Float64Array.of(1, 0),
      recurrentWeights: Float64Array.of(0, 0, 1, 0),
      hiddenBias: new Float64Array(2),
      outputWeights: Float64Array.of(2 * Math.cos(omega), -1),
      outputBias: new Float64Array(1),
    },
  };
}

const seeded = (seed: number) => (i: number) => uniform(seed, STREAMS.textSample, i);

describe('walk', () => {
  it('gives the outputs of the reference’s forward pass', () => {
    const changes: Partial<RunConfiguration>[] = [
      { T: 12, B: 3, H: 5, activation: 'gelu', gain: 1.4 },
      {
        ...{ task: { kind: 'copy' }, T: 9, B: 2, H: 4 },
        ...{ loss: 'crossEntropy', outputActivation: 'softmax' },
      },
    ];
    for (const change of changes) {
      const built = buildProblem({ ...DEFAULT_CONFIGURATION, ...change });
      const hiddenBias = Float64Array.from({ length: built.H }, (_, i) => 0.3 - 0.2 * i);
      const outputBias = new Float64Array(built.O).fill(0.7);
      const problem = { ...built, parameters: { ...built.parameters, hiddenBias, outputBias } };
      const { outputs } = forward(problem);
      const walked = predictions(problem, problem.inputs, problem.T, problem.B)!;
      expect(walked.length).toBe(outputs.length);
      walked.forEach((y, i) => expect(y).toBeCloseTo(outputs[i]!, 12));
    }
  });

  it('starts from h_0 = 0 again', () => {
    const walker = walk(oscillator(0.3));
    walker.read([5]);
    walker.restart();
    expect(walker.outputs[0]).toBe(0);
    walker.read([1]);
    expect(walker.outputs[0]).toBeCloseTo(2 * Math.cos(0.3), 12);
  });

  it('says where a state leaves float32', () => {
    const network = { ...oscillator(0.3), activation: 'identity' as const };
    network.parameters.recurrentWeights.set([1e10, 0, 0, 0]);
    expect(predictions(network, new Float64Array(3).fill(1), 3, 1)).not.toBeNull();
    expect(predictions(network, new Float64Array(5).fill(1), 5, 1)).toBeNull();
    expect(forecast(network, [1, 1, 1, 1, 1], 4)).toMatchObject({ beyond: [] });
    expect(forecast(network, [1, 1, 1, 1, 1], 4).fitted.length).toBe(4);
  });
});

describe('sampleClasses', () => {
  it('goes on with abcabc', () => {
    const options = { prime: [0, 1, 2, 0], length: 7, temperature: 0, uniform: seeded(1) };
    expect(sampleClasses(shift(), options)).toEqual([1, 2, 0, 1, 2, 0, 1]);
    for (const [loss, outputActivation] of [
      ['crossEntropy', 'identity'],
      ['bce', 'sigmoid'],
      ['bce', 'identity'],
      ['mse', 'identity'],
      ['mse', 'tanh'],
    ] as const) {
      const drawn = sampleClasses(shift({ loss, outputActivation }), options);
      expect(drawn).toEqual([1, 2, 0, 1, 2, 0, 1]);
    }
    // Cold enough, the likeliest is the only one.
    const cold = { ...options, temperature: 0.01, uniform: seeded(9) };
    expect(sampleClasses(shift(), cold)).toEqual([1, 2, 0, 1, 2, 0, 1]);
  });

  it('is the same for the same seed and another for another', () => {
    const options = { prime: [0], length: 60, temperature: 2 };
    const of = (seed: number) => sampleClasses(shift(), { ...options, uniform: seeded(seed) });
    expect(of(3)).toEqual(of(3));
    expect(of(3)).not.toEqual(of(4));
  });

  it('starts from h_0 without a prime', () => {
    const network = shift();
    network.parameters.outputBias.set([0, 0, 1]);
    const options = { prime: [], length: 1, temperature: 0, uniform: seeded(1) };
    expect(sampleClasses(network, options)).toEqual([2]);
  });

  it('follows the softmax at the temperature', () => {
    const { exp } = Math;
    const temperature = 1.7;
    const drawn = sampleClasses(shift(), {
      ...{ prime: [0], length: 20_000, temperature, uniform: seeded(5) },
    });
    const next = drawn.map((k, i) => (k - (i === 0 ? 0 : drawn[i - 1]!) + 3) % 3);
    const share = next.filter((step) => step === 1).length / next.length;
    const expected = exp(2 / temperature) / (exp(2 / temperature) + 2);
    // Three standard deviations
    const spread = 3 * Math.sqrt((expected * (1 - expected)) / next.length);
    expect(Math.abs(share - expected)).toBeLessThan(spread);
  });

  it('is safe for scores and temperatures of any size', () => {
    expect(draw(Float64Array.of(1e300, -1e300, 1e299), 1e-5, 0.999)).toBe(0);
    expect(draw(Float64Array.of(-1e300, -9e299), 0.5, 0)).toBe(1);
    expect(draw(Float64Array.of(3, -Infinity), 1e5, 1 - 2 ** -53)).toBe(0);
    expect(draw(Float64Array.of(1000, 1000), 1, 0.75)).toBe(1);
    expect(draw(Float64Array.of(-Infinity, -Infinity), 1, 0.75)).toBe(1);
    expect(draw(Float64Array.of(NaN, 1), 1, 0.25)).toBe(0);
  });

  it('draws by the share of one, however unlikely all are on their own', () => {
    const network = shift({ loss: 'bce', outputActivation: 'sigmoid' });
    network.parameters.outputBias.fill(-2000);
    const options = { prime: [0], length: 2, temperature: 0.1, uniform: seeded(1) };
    expect(sampleClasses(network, options)).toEqual([1, 2]);
  });
});

describe('characters', () => {
  const { vocabulary } = textTask('aaaaabbbbcccxyz', 4);

  it('come back, with a mark for the others', () => {
    expect(classesOfText(vocabulary!, 'abcq')).toEqual([0, 1, 2, 3]);
    expect(textOfClasses(vocabulary!, [0, 3, 2])).toBe(`a${OTHER_MARK}c`);
  });

  it('without a class are left out', () => {
    const all = textTask('aabb', 4).vocabulary!;
    expect(classesOfText(all, 'aqb')).toEqual([0, 1]);
  });

  it('are code points', () => {
    const wide = textTask('😀😀诗', 4).vocabulary!;
    expect(textOfClasses(wide, classesOfText(wide, '诗😀'))).toBe('诗😀');
  });
});

describe('forecast', () => {
  it('goes on with a sine', () => {
    const omega = 0.4;
    const at = (t: number) => Math.sin(omega * t + 1);
    const values = Array.from({ length: 8 }, (_, t) => at(t));
    const { fitted, beyond } = forecast(oscillator(omega), values, 50);
    expect(fitted.length).toBe(8);
    // The first prediction has seen one value only.
    fitted.slice(1).forEach((y, i) => expect(y).toBeCloseTo(at(i + 2), 10));
    expect(beyond.length).toBe(50);
    beyond.forEach((y, i) => expect(y).toBeCloseTo(at(8 + i), 8));
    expect(beyond[0]).toBe(fitted[7]);
  });
});
