import type { Activation, Loss, OutputActivation } from '../../src/model/kinds';
import type { Problem } from '../../src/model/problem';

/** float64 autograd of an independent framework (test/fixtures/generate_golden.py). */
interface GoldenExpected {
  readonly loss: number;
  readonly lossPerStep: readonly number[];
  readonly h: readonly number[];
  readonly y: readonly number[];
  readonly dh: readonly number[];
  readonly delta: readonly number[];
  readonly dWx: readonly number[];
  readonly dWh: readonly number[];
  readonly db: readonly number[];
  readonly dWy: readonly number[];
  readonly dc: readonly number[];
  readonly dh0: readonly number[];
}

interface GoldenJson {
  readonly name: string;
  readonly T: number;
  readonly B: number;
  readonly I: number;
  readonly H: number;
  readonly O: number;
  readonly activation: Activation;
  readonly outputActivation: OutputActivation;
  readonly loss: Loss;
  readonly targetKind: 'dense' | 'class';
  readonly detach: readonly number[];
  readonly Wh: readonly number[];
  readonly Wx: readonly number[];
  readonly b: readonly number[];
  readonly Wy: readonly number[];
  readonly c: readonly number[];
  readonly h0: readonly number[];
  readonly x: readonly number[];
  readonly target: readonly number[];
  readonly lossWeight: readonly number[];
  readonly expected: GoldenExpected;
}

export interface GoldenCase {
  readonly name: string;
  readonly problem: Problem;
  readonly expected: GoldenExpected;
}

/** Keys of the console API to a Problem, without the checks of the real parser. */
function problemOf(json: GoldenJson): Problem {
  const { T, B, I, H, O, activation, outputActivation, loss } = json;
  const reals = (values: readonly number[]) => Float64Array.from(values);
  return {
    ...{ T, B, I, H, O, activation, outputActivation, loss },
    parameters: {
      inputWeights: reals(json.Wx),
      recurrentWeights: reals(json.Wh),
      hiddenBias: reals(json.b),
      outputWeights: reals(json.Wy),
      outputBias: reals(json.c),
    },
    initialState: reals(json.h0),
    inputs: reals(json.x),
    targets:
      json.targetKind === 'class'
        ? { kind: 'class', indices: Int32Array.from(json.target) }
        : { kind: 'dense', values: reals(json.target) },
    lossWeights: reals(json.lossWeight),
    cuts: json.detach,
  };
}

const files = import.meta.glob<GoldenJson>('../fixtures/golden/*.json', {
  eager: true,
  import: 'default',
});

/** Every case of one pass; the training cases (train-*.json) have another form. */
export const GOLDEN_CASES: readonly GoldenCase[] = Object.entries(files)
  .filter(([path]) => !path.includes('/train-'))
  .map(([, json]) => ({ name: json.name, problem: problemOf(json), expected: json.expected }));
