import {
  LIMITS,
  WEIGHT_KEYS,
  type RunConfiguration,
  type InitialiserKind,
  type WeightKey,
} from '../model/configuration';
import { BpttError } from '../model/errors';
import {
  generateInputWeights,
  generateOutputWeights,
  generateRecurrentWeights,
} from '../model/initialisers';
import type { Loss } from '../model/kinds';
import { rememberLast } from '../model/memo';
import type { Problem, Shape, Targets } from '../model/problem';
import { truncationFields } from '../model/truncation';
import { taskOf } from './registry';
import type { Task } from './task';

/** Most numbers one generated data array may hold (256 MiB of float32). */
const MOST_ELEMENTS = 2 ** 26;

function invalid(path: string, message: string, details: Record<string, string | number> = {}) {
  return new BpttError('invalid-configuration', path, message, details);
}

function requireSizes(configuration: RunConfiguration): void {
  for (const key of ['T', 'B', 'H'] as const) {
    const got = configuration[key];
    const { least, most } = LIMITS[key];
    if (!Number.isInteger(got) || got < least || got > most) {
      throw invalid(key, `${key} must be a whole number from ${least} to ${most}, got ${got}.`, {
        least,
        most,
        got,
      });
    }
  }
}

/** The sizes of a configuration's problem, without generating anything. */
export function problemShape(
  configuration: Pick<RunConfiguration, 'task' | 'T' | 'B' | 'H'>,
): Shape {
  const { I, O } = taskOf(configuration.task);
  const { T, B, H } = configuration;
  return { T, B, I, H, O };
}

function requireMemory({ T, B, I, O }: Shape): void {
  const elements = T * B * Math.max(I, O);
  if (elements <= MOST_ELEMENTS) return;
  throw new BpttError(
    'too-large',
    'T',
    `The data would hold ${elements} numbers, at most ${MOST_ELEMENTS} are possible. Shorten T or reduce the batch.`,
    { elements, most: MOST_ELEMENTS },
  );
}

const generateData = rememberLast(1, (task: Task, T: number, B: number, dataSeed: number) =>
  task.generate(T, B, dataSeed),
);

/** Class targets as one-hot rows [T,B,O], for losses on components. */
const oneHotTargets = rememberLast(1, (indices: Int32Array, O: number): Targets => {
  const values = new Float32Array(indices.length * O);
  indices.forEach((target, row) => (values[row * O + target] = 1));
  return { kind: 'dense', values };
});

/** Class targets as they are for cross-entropy, as one-hot rows for a loss on components. */
export function targetsFor(loss: Loss, targets: Targets, O: number): Targets {
  if (targets.kind !== 'class' || loss === 'crossEntropy') return targets;
  return oneHotTargets(targets.indices, O);
}

// The scalar arguments are the keys; results are shared and never changed.
const inputWeights = rememberLast(3, generateInputWeights);
const outputWeights = rememberLast(3, generateOutputWeights);
const recurrentWeights = rememberLast(
  3,
  (H: number, kind: InitialiserKind, angle: number, gain: number, seed: number) =>
    generateRecurrentWeights(H, { kind, angle }, gain, seed),
);

const zeros = rememberLast(4, (length: number) => new Float32Array(length));

/** What each array is before `arrays` and `edits`; the same objects for the same recipe. */
function generatedWeights(
  configuration: RunConfiguration,
  { I, H, O }: Pick<Shape, 'I' | 'H' | 'O'>,
): Record<WeightKey, () => Float32Array> {
  const { initialiser, gain, seed } = configuration;
  return {
    Wh: () => recurrentWeights(H, initialiser.kind, initialiser.angle, gain, seed),
    Wx: () => inputWeights(H, I, seed),
    b: () => zeros(H),
    Wy: () => outputWeights(O, H, seed),
    c: () => zeros(O),
  };
}

/**
 * One generated weight array of a configuration, float32 [out, in] row-major, as the problem of the
 * same recipe has it; a constant.
 * @throws BpttError 'invalid-configuration' for a text or series that is too short
 */
export function generatedArray(configuration: RunConfiguration, key: WeightKey): Float32Array {
  return generatedWeights(configuration, problemShape(configuration))[key]();
}

/** A whole array given by the user: length checked, finite in float32. */
function givenArray(key: WeightKey, given: readonly number[], needed: number): Float32Array {
  const path = `arrays.${key}`;
  if (given.length !== needed) {
    throw invalid(path, `${key} needs ${needed} numbers, got ${given.length}.`, {
      needed,
      got: given.length,
    });
  }
  const rounded = Float32Array.from(given);
  const bad = rounded.findIndex((v) => !Number.isFinite(v));
  if (bad >= 0) {
    throw invalid(`${path}.${bad}`, `${key}[${bad}] must be a finite float32 number.`, {
      index: bad,
    });
  }
  return rounded;
}

function weights(configuration: RunConfiguration, shape: Shape): Record<WeightKey, Float32Array> {
  const { I, H, O } = shape;
  const lengths: Record<WeightKey, number> = { Wh: H * H, Wx: H * I, b: H, Wy: O * H, c: O };
  const generated = generatedWeights(configuration, shape);
  const take = (key: WeightKey): Float32Array => {
    const given = configuration.arrays[key];
    const base = given ? givenArray(key, given, lengths[key]) : generated[key]();
    const edited = configuration.edits.some((edit) => edit.array === key);
    return edited ? base.slice() : base;
  };
  const result = { Wh: take('Wh'), Wx: take('Wx'), b: take('b'), Wy: take('Wy'), c: take('c') };
  configuration.edits.forEach(({ array, index, value }, i) => {
    if (!WEIGHT_KEYS.includes(array)) {
      throw invalid(`edits.${i}.array`, `edits[${i}] names no weight array.`);
    }
    const length = lengths[array];
    if (!Number.isInteger(index) || index < 0 || index >= length) {
      throw invalid(
        `edits.${i}.index`,
        `${array} has ${length} entries; index ${index} does not exist. Remove the edit.`,
        { length, got: index },
      );
    }
    if (!Number.isFinite(Math.fround(value))) {
      throw invalid(`edits.${i}.value`, `${array}[${index}] must be a finite float32 number.`);
    }
    result[array][index] = value;
  });
  return result;
}

/** w_t [T] for the chosen placement; steps beyond T are ignored, as cuts are. */
export function lossWeights(
  { lossPlacement, T }: Pick<RunConfiguration, 'lossPlacement' | 'T'>,
  own: Float32Array,
): Float32Array {
  if (lossPlacement === 'task') return own;
  const result = new Float32Array(T);
  if (lossPlacement === 'every') return result.fill(1);
  if (lossPlacement === 'last') {
    result[T - 1] = 1;
    return result;
  }
  for (const step of lossPlacement) {
    if (!Number.isInteger(step) || step < 1) {
      throw invalid('lossPlacement', `Loss steps are whole numbers from 1 to T, got ${step}.`, {
        got: step,
      });
    }
    if (step <= T) result[step - 1] = 1;
  }
  return result;
}

/**
 * The problem a configuration describes: the only way from one to the other. Pure; every number is
 * rounded to float32, h_0 = 0. Arrays are shared with later results for the same recipe (a change
 * of gain alone keeps the very same input arrays): treat them as constants.
 * @throws BpttError 'invalid-configuration' with the path of the offending field, or 'too-large'
 */
export function buildProblem(configuration: RunConfiguration): Problem {
  requireSizes(configuration);
  const task = taskOf(configuration.task);
  const { loss } = configuration;
  if (!task.losses.includes(loss)) {
    throw invalid(
      'loss',
      `The task ${task.id} has no ${loss} targets; choose ${task.losses.join(', ')}.`,
      { loss, task: task.id },
    );
  }
  if (!Number.isFinite(Math.fround(configuration.gain))) {
    throw invalid('gain', 'The gain must be a finite number.');
  }
  const shape = problemShape(configuration);
  requireMemory(shape);
  const { T, B, I, H, O } = shape;
  const data = generateData(task, T, B, task.seeded ? configuration.dataSeed : 0);
  const { Wh, Wx, b, Wy, c } = weights(configuration, shape);
  const targets = targetsFor(loss, data.targets, O);
  return {
    T,
    B,
    I,
    H,
    O,
    activation: configuration.activation,
    outputActivation: configuration.outputActivation,
    loss,
    parameters: {
      inputWeights: Wx,
      recurrentWeights: Wh,
      hiddenBias: b,
      outputWeights: Wy,
      outputBias: c,
    },
    initialState: new Float32Array(B * H),
    inputs: data.inputs,
    targets,
    lossWeights: lossWeights(configuration, data.defaultLossWeights),
    ...truncationFields(configuration.truncation, T, configuration.cuts),
  };
}
