import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION, type RunConfiguration } from '../../../src/model/configuration';
import { forward } from '../../../src/reference/forward';
import { buildProblem } from '../../../src/tasks/buildProblem';
import { heldOut } from '../../../src/tasks/heldOut';
import { seriesOf } from '../../../src/tasks/registry';
import { scoreOf } from '../../../src/tasks/score';
import { isTooLarge, scoreNetwork, sequencesFor } from '../../../src/ui/lab/train/scoring';

const SAMPLE = { prime: 'Alice ', temperature: 0.7, seed: 3 };
const SERIES: Partial<RunConfiguration> = {
  task: { kind: 'series', source: { sample: 'seattleTemperature' } },
};
const TEXT: Partial<RunConfiguration> = {
  task: { kind: 'text', source: { sample: 'carroll' }, vocabulary: 20 },
  ...{ loss: 'crossEntropy', outputActivation: 'softmax' },
};

function request(change: Partial<RunConfiguration>, horizon = 5, sample = SAMPLE) {
  const configuration = { ...DEFAULT_CONFIGURATION, ...{ T: 24, B: 3, H: 6 }, ...change };
  const problem = buildProblem(configuration);
  return { network: problem, configuration, trainedOn: 'fixed', sample, horizon, problem } as const;
}

describe('scoreNetwork', () => {
  it('scores what the reference predicts for the held-out data', () => {
    for (const change of [{}, TEXT, SERIES, { task: { kind: 'sine' } }] as const) {
      const { problem, ...asked } = request(change);
      const answer = scoreNetwork(asked);
      const data = heldOut(asked.configuration, answer.sequences);
      const { T, B, inputs, targets } = data;
      const initialState = new Float64Array(B * problem.H);
      const lossWeights = new Float64Array(T);
      const pass = forward({ ...problem, ...{ T, B, inputs, targets, initialState, lossWeights } });
      const { kind, ...expected } = scoreOf(asked.configuration, data, pass.outputs)!;
      expect(answer.score!.kind).toBe(kind);
      for (const [key, value] of Object.entries(expected) as [string, number][]) {
        expect(answer.score).toHaveProperty(key, expect.closeTo(value, 10));
      }
      expect(answer).toMatchObject({ hasOverflowed: false, isHeldOut: true, steps: T });
    }
  });

  it('also scores the sequences that the page shows', () => {
    const { problem, ...asked } = request({ task: { kind: 'sine' } });
    const { own } = scoreNetwork(asked);
    const { T, B, inputs, targets } = problem;
    const expected = scoreOf(
      asked.configuration,
      { T, B, inputs, targets },
      forward(problem).outputs,
    );
    expect(own).toMatchObject({ kind: 'sine', sequences: 3 });
    expect((own as { error: number }).error).toBeCloseTo((expected as { error: number }).error, 10);
  });

  it('says that a network overflows', () => {
    const answer = scoreNetwork(request({ activation: 'identity', gain: 10, T: 60 }));
    expect(answer).toMatchObject({ score: null, hasOverflowed: true });
  });

  it('writes text from the prime on, as the seed and the temperature say', () => {
    const of = (sample: Partial<typeof SAMPLE>) =>
      scoreNetwork(request(TEXT, 5, { ...SAMPLE, ...sample })).sample!;
    const one = of({});
    expect(one.prime).toBe('□lice '); // no capital A among the twenty most frequent
    expect(one.drawn.length).toBe(240);
    expect(of({})).toEqual(one);
    expect(of({ seed: 4 }).drawn).not.toBe(one.drawn);
    expect(of({ temperature: 1.5 }).drawn).not.toBe(one.drawn);
    expect(of({ prime: '' }).drawn).not.toBe(one.drawn);
    // The likeliest, whatever the seed
    expect(of({ temperature: 0, seed: 4 })).toEqual(of({ temperature: 0 }));
    expect(scoreNetwork(request({})).sample).toBeNull();
  });

  it('goes on beyond a series in its own unit', () => {
    const { source } = SERIES.task as { source: Parameters<typeof seriesOf>[0] };
    const { values } = seriesOf(source);
    const { forecast } = scoreNetwork(request(SERIES, 17));
    const { first, data, predicted, beyond } = forecast!;
    expect(data).toEqual(values.slice(-96));
    expect(first).toBe(values.length - 95);
    expect(predicted.length).toBe(96);
    expect(predicted[0]).toBeNull(); // nothing was read before it
    expect(predicted.slice(1).every((y) => typeof y === 'number')).toBe(true);
    expect(beyond.length).toBe(17);
    // Temperatures, not standard deviations
    const mean = beyond.reduce((sum, y) => sum + y, 0) / 17;
    expect(mean).toBeGreaterThan(5);
    expect(mean).toBeLessThan(30);
    expect(scoreNetwork(request({})).forecast).toBeNull();
  });

  it('reads a series as far back as training does', () => {
    const { forecast } = scoreNetwork(request({ ...SERIES, T: 300 }));
    expect(forecast!.predicted[0]).not.toBeNull();
  });
});

describe('the cost of a score', () => {
  const network = (H: number) => ({ ...request({}).network, H });

  it('stays about the same, however long and wide', () => {
    expect(sequencesFor(network(24), 96)).toBe(256);
    const many = sequencesFor(network(128), 1000);
    expect(many).toBeGreaterThan(5);
    expect(many).toBeLessThan(30);
    expect(sequencesFor(network(512), 100_000)).toBe(1);
  });

  it('is refused beyond', () => {
    expect(isTooLarge(network(128), 10_000)).toBe(false);
    expect(isTooLarge(network(512), 100_000)).toBe(true);
  });
});
