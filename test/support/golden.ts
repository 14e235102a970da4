import type { Activation, Loss, OutputActivation } from '../../src/model/kinds';
import type { BackwardDepth, Problem } from '../../src/model/problem';
import { trainingRequestFromInput } from '../../src/model/trainingRequest';
import type { TrainingPlan } from '../../src/model/training';

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

interface GoldenProblem {
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
  readonly window?: BackwardDepth;
}

interface GoldenJson extends GoldenProblem {
  readonly expected: GoldenExpected;
}

/** PyTorch's optimizers on the sum of the step losses (train-*.json). */
export interface GoldenTrainingJson extends GoldenProblem {
  /** As window.bptt.train takes it */
  readonly optimizer: { readonly steps: number };
  readonly expected: { readonly losses: readonly number[]; readonly gradNorms: readonly number[] };
}

export interface GoldenCase {
  readonly name: string;
  readonly problem: Problem;
  readonly expected: GoldenExpected;
}

/** Keys of the console API to a Problem, without the checks of the real parser. */
function problemOf(json: GoldenProblem): Problem {
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
    ...(json.window && { window: json.window }),
  };
}

const files = import.meta.glob<GoldenJson | GoldenTrainingJson>('../fixtures/golden/*.json', {
  eager: true,
  import: 'default',
});

function isTraining(json: GoldenJson | GoldenTrainingJson): json is GoldenTrainingJson {
  return 'optimizer' in json;
}

const all = Object.values(files);

/** Every case of one pass. */
export const GOLDEN_CASES: readonly GoldenCase[] = all.flatMap((json) =>
  isTraining(json) ? [] : [{ name: json.name, problem: problemOf(json), expected: json.expected }],
);

export interface GoldenTraining {
  readonly name: string;
  readonly problem: Problem;
  readonly plan: TrainingPlan;
  readonly steps: number;
  readonly expected: GoldenTrainingJson['expected'];
}

export const GOLDEN_TRAININGS: readonly GoldenTraining[] = all.filter(isTraining).map((json) => ({
  name: json.name,
  problem: problemOf(json),
  ...trainingRequestFromInput(json.optimizer),
  expected: json.expected,
}));
