import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_CONFIGURATION,
  INITIALISERS,
  SYNTHETIC_TASKS,
  type Configuration,
  type TaskConfiguration,
} from '../../src/model/configuration';
import { buildProblem, problemShape } from '../../src/tasks/buildProblem';
import { compatibleLosses, compatibleOutputActivations } from '../../src/tasks/describeTask';

const configure = (change: Partial<Configuration>): Configuration => ({
  ...DEFAULT_CONFIGURATION,
  T: 6,
  B: 2,
  H: 3,
  ...change,
});
const refusal = (path: string, code = 'invalid-configuration') =>
  expect.objectContaining({ code, path }) as Error;

describe('buildProblem', () => {
  it('builds the default', () => {
    const problem = buildProblem(DEFAULT_CONFIGURATION);
    const { T, B, I, H, O } = problem;
    expect({ T, B, I, H, O }).toEqual({ T: 96, B: 4, I: 2, H: 24, O: 1 });
    expect(problemShape(DEFAULT_CONFIGURATION)).toEqual({ T, B, I, H, O });
    expect(problem.parameters.recurrentWeights.length).toBe(H * H);
    expect(problem.parameters.inputWeights.length).toBe(H * I);
    expect(problem.parameters.outputWeights.length).toBe(O * H);
    expect(problem.parameters.hiddenBias).toEqual(new Float32Array(H));
    expect(problem.parameters.outputBias).toEqual(new Float32Array(O));
    expect(problem.initialState).toEqual(new Float32Array(B * H));
    expect(problem.lossWeights.indexOf(1)).toBe(T - 1);
  });

  it('is deterministic and shares what did not change', () => {
    const first = buildProblem(configure({}));
    const second = buildProblem(configure({ gain: 0.5 }));
    expect(second.inputs).toBe(first.inputs);
    expect(second.parameters.inputWeights).toBe(first.parameters.inputWeights);
    expect(second.parameters.recurrentWeights).not.toEqual(first.parameters.recurrentWeights);
    expect(buildProblem(configure({ dataSeed: 2 })).inputs).not.toEqual(first.inputs);
    expect(buildProblem(configure({ seed: 8 })).parameters.inputWeights).not.toEqual(
      first.parameters.inputWeights,
    );
    expect(buildProblem(configure({}))).toEqual(first);
  });

  it('takes whole arrays, rounded to float32 and without gain, and edits on top', () => {
    const given = [0.1, 2, 3, 4, 5, 6, 7, 8, 9];
    const { parameters } = buildProblem(
      configure({
        arrays: { Wh: given, c: [0.5] },
        edits: [
          { array: 'Wh', index: 8, value: 0.3 },
          { array: 'b', index: 1, value: -1 },
        ],
      }),
    );
    expect(Array.from(parameters.recurrentWeights)).toEqual(
      [0.1, 2, 3, 4, 5, 6, 7, 8, 0.3].map(Math.fround),
    );
    expect(Array.from(parameters.hiddenBias)).toEqual([0, -1, 0]);
    expect(Array.from(parameters.outputBias)).toEqual([0.5]);
  });

  it('edits never leak into the remembered weights', () => {
    const before = buildProblem(configure({})).parameters.recurrentWeights.slice();
    buildProblem(configure({ edits: [{ array: 'Wh', index: 0, value: 99 }] }));
    expect(buildProblem(configure({})).parameters.recurrentWeights).toEqual(before);
  });

  it('places the loss', () => {
    const weights = (lossPlacement: Configuration['lossPlacement']) =>
      Array.from(buildProblem(configure({ lossPlacement })).lossWeights);
    expect(weights('task')).toEqual([0, 0, 0, 0, 0, 1]);
    expect(weights('every')).toEqual([1, 1, 1, 1, 1, 1]);
    expect(weights('last')).toEqual([0, 0, 0, 0, 0, 1]);
    expect(weights([2, 5, 9])).toEqual([0, 1, 0, 0, 1, 0]);
  });

  it('keeps the cuts inside 1…T, ascending', () => {
    expect(buildProblem(configure({ cuts: [5, 3, 3, 7] })).cuts).toEqual([3, 5]);
  });

  it('gives class targets to cross-entropy and one-hot rows to the other losses', () => {
    const task = { kind: 'temporalOrder' } as const;
    const classes = buildProblem(configure({ task, loss: 'crossEntropy' })).targets;
    if (classes.kind !== 'class') throw new Error('classes expected');
    for (const loss of ['mse', 'bce'] as const) {
      const dense = buildProblem(configure({ task, loss })).targets;
      if (dense.kind !== 'dense') throw new Error('dense expected');
      classes.indices.forEach((k, row) => {
        const expected = [0, 0, 0, 0];
        expected[k] = 1;
        expect(Array.from(dense.values.subarray(row * 4, row * 4 + 4))).toEqual(expected);
      });
    }
  });

  it('names what is wrong', () => {
    const build = (change: Partial<Configuration>) => () => buildProblem(configure(change));
    const edit = { array: 'Wh', index: 0, value: 1 } as const;
    expect(build({ T: 0 })).toThrowError(refusal('T'));
    expect(build({ T: 1.5 })).toThrowError(refusal('T'));
    expect(build({ B: 257 })).toThrowError(refusal('B'));
    expect(build({ H: NaN })).toThrowError(refusal('H'));
    expect(build({ gain: Infinity })).toThrowError(refusal('gain'));
    expect(build({ loss: 'crossEntropy' })).toThrowError(refusal('loss'));
    expect(build({ arrays: { Wh: [1, 2] } })).toThrowError(/Wh needs 9 numbers, got 2/);
    expect(build({ arrays: { c: [1e39] } })).toThrowError(refusal('arrays.c.0'));
    expect(build({ edits: [edit, { ...edit, index: 9 }] })).toThrowError(refusal('edits.1.index'));
    expect(build({ edits: [{ ...edit, value: NaN }] })).toThrowError(refusal('edits.0.value'));
    expect(build({ lossPlacement: [0] })).toThrowError(refusal('lossPlacement'));
    const text = (T: number) =>
      build({
        T,
        task: { kind: 'text', source: { text: 'hello' }, vocabulary: 8 },
        loss: 'crossEntropy',
      });
    expect(text(5)).toThrowError(refusal('T'));
    expect(text(4)().O).toBe(4);
    const copy = { task: { kind: 'copy' }, loss: 'crossEntropy' } as const;
    expect(build({ ...copy, T: 100_000, B: 256 })).toThrowError(refusal('T', 'too-large'));
  });

  it('gives a valid problem for every combination', () => {
    const task: fc.Arbitrary<TaskConfiguration> = fc.oneof(
      fc.constantFrom(...SYNTHETIC_TASKS).map((kind) => ({ kind })),
      fc.constant({
        kind: 'text',
        source: { sample: 'liBai' },
        vocabulary: 7,
      } satisfies TaskConfiguration),
      fc.constant({
        kind: 'series',
        source: { sample: 'seattleTemperature' },
      } satisfies TaskConfiguration),
    );
    const sizes = fc.record({
      T: fc.integer({ min: 1, max: 30 }),
      B: fc.integer({ min: 1, max: 4 }),
      H: fc.integer({ min: 1, max: 9 }),
    });
    const weights = fc.record({
      kind: fc.constantFrom(...INITIALISERS),
      seed: fc.nat(),
      gain: fc.double({ min: 0, max: 10, noNaN: true }),
    });
    fc.assert(
      fc.property(task, sizes, weights, fc.nat(), (chosen, size, { kind, seed, gain }, pick) => {
        const losses = compatibleLosses({ task: chosen });
        const loss = losses[pick % losses.length]!;
        const problem = buildProblem(
          configure({
            ...size,
            task: chosen,
            loss,
            outputActivation: compatibleOutputActivations(loss)[0],
            initialiser: { kind, angle: 1 },
            seed,
            gain,
          }),
        );
        const { T, B, I, H, O, parameters, targets } = problem;
        expect(problem.inputs.length).toBe(T * B * I);
        expect(problem.lossWeights.length).toBe(T);
        expect(targets.kind === 'dense' ? targets.values.length : targets.indices.length * O).toBe(
          T * B * O,
        );
        expect(parameters.recurrentWeights.length).toBe(H * H);
        for (const array of Object.values(parameters)) {
          expect((array as Float32Array).every(Number.isFinite)).toBe(true);
        }
      }),
    );
  });
});
