import { LIMITS } from './configuration';
import { describeValue, isPlainObject, printable } from './describeValue';
import { BpttError } from './errors';
import { ACTIVATIONS, LOSSES, OUTPUT_ACTIVATIONS, type Loss } from './kinds';
import type { BackwardDepth, Problem, Reals, Shape, Targets } from './problem';
import { LINK_FACTORS } from './truncation';

const KEYS = [
  ...['T', 'B', 'I', 'H', 'O', 'activation', 'outputActivation', 'loss', 'Wx', 'Wh', 'b', 'Wy'],
  ...['c', 'h0', 'x', 'target', 'targetKind', 'lossWeight', 'detach'],
  ...['linkFactors', 'reset', 'window'],
];
/** Accepted and ignored, so that a case of the test suite is a problem as it stands. */
const TOLERATED = ['name', 'expected', 'optimizer'];

const SIZE_LIMITS = {
  T: LIMITS.T,
  B: LIMITS.B,
  I: { least: 1, most: 512 },
  H: LIMITS.H,
  O: { least: 1, most: 512 },
} as const;

function refuse(path: string, message: string, details: Record<string, string | number> = {}) {
  return new BpttError('invalid-problem', path, message, details);
}

/**
 * The console API's problem (docs/console-api.md) as a valid Problem with its own copies of all
 * arrays: Float32Array stays float32, everything else becomes float64, so that the reference engine
 * loses nothing. Throws BpttError 'invalid-problem' with the path of the first thing wrong.
 */
export function problemFromInput(input: unknown): Problem {
  try {
    return read(ownFields(input));
  } catch (error) {
    if (error instanceof BpttError) throw error;
    // A getter or proxy of the caller's object threw.
    const reason = error instanceof Error ? error.message : String(error);
    throw refuse('', `The problem could not be read: ${reason}. Give a plain object.`);
  }
}

/** Every own field, read once. */
function ownFields(input: unknown): Map<string, unknown> {
  if (!isPlainObject(input)) {
    throw refuse('', `The problem must be a plain object, got ${describeValue(input)}.`);
  }
  const fields = new Map<string, unknown>();
  for (const key of Object.keys(input)) {
    if (TOLERATED.includes(key)) continue;
    if (!KEYS.includes(key)) {
      const name = printable(key);
      throw refuse(name, `Unknown key "${name}"; a problem has ${KEYS.join(', ')}.`);
    }
    const value = input[key];
    if (value !== undefined) fields.set(key, value);
  }
  return fields;
}

function read(fields: Map<string, unknown>): Problem {
  const size = (key: keyof Shape): number => {
    const value = fields.get(key);
    const { least, most } = SIZE_LIMITS[key];
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) {
      return value;
    }
    throw refuse(
      key,
      `${key} must be a whole number from ${least} to ${most}, got ${describeValue(value)}`,
      { least, most },
    );
  };
  const choice = <C extends string>(key: string, choices: readonly C[]): C => {
    const value = fields.get(key);
    const found = choices.find((c) => c === value);
    if (found !== undefined) return found;
    throw refuse(key, `${key} must be one of ${choices.join(', ')}; got ${describeValue(value)}`);
  };

  const shape = { T: size('T'), B: size('B'), I: size('I'), H: size('H'), O: size('O') };
  const { T, B, I, H, O } = shape;
  const reals = (key: string, needed: number, formula: string, factors: number[]): Reals =>
    readReals(key, fields.get(key), needed, `${formula} = ${factors.join('×')}`);

  const activation = choice('activation', ACTIVATIONS);
  const outputActivation = choice('outputActivation', OUTPUT_ACTIVATIONS);
  const loss = choice('loss', LOSSES);
  return {
    ...shape,
    activation,
    outputActivation,
    loss,
    parameters: {
      recurrentWeights: reals('Wh', H * H, 'H×H', [H, H]),
      inputWeights: reals('Wx', H * I, 'H×I', [H, I]),
      hiddenBias: reals('b', H, 'H', [H]),
      outputWeights: reals('Wy', O * H, 'O×H', [O, H]),
      outputBias: reals('c', O, 'O', [O]),
    },
    initialState: fields.has('h0') ? reals('h0', B * H, 'B×H', [B, H]) : new Float64Array(B * H),
    inputs: reals('x', T * B * I, 'T×B×I', [T, B, I]),
    targets: readTargets(fields, shape, loss),
    lossWeights: fields.has('lossWeight')
      ? reals('lossWeight', T, 'T', [T])
      : new Float64Array(T).fill(1),
    cuts: fields.has('detach') ? readSteps('detach', fields.get('detach'), T) : [],
    ...(fields.has('linkFactors') && { linkFactors: readFactors(fields.get('linkFactors'), T) }),
    ...(fields.has('reset') && { resets: readSteps('reset', fields.get('reset'), T) }),
    ...(fields.has('window') && { window: readWindow(fields.get('window')) }),
  };
}

/** 0 or a factor near enough to 1 that no engine's range needs watching. */
function readFactors(value: unknown, T: number): Reals {
  const factors = readReals('linkFactors', value, T, 'T');
  const { least, most } = LINK_FACTORS;
  // float32 rounds the bounds themselves.
  const bad = factors.findIndex(
    (v) => v !== 0 && !(v >= least * (1 - 2 ** -20) && v <= most * (1 + 2 ** -20)),
  );
  if (bad < 0) return factors;
  const path = `linkFactors[${bad}]`;
  throw refuse(path, `${path} must be 0 or lie from ${least} to ${most}, got ${factors[bad]}`);
}

function readWindow(value: unknown): BackwardDepth | null {
  if (value === null) return null;
  if (!isPlainObject(value)) {
    throw refuse('window', `window must be { depth, every } or null, got ${describeValue(value)}`);
  }
  const unknown = Object.keys(value).find((key) => key !== 'depth' && key !== 'every');
  if (unknown !== undefined) {
    const path = `window.${printable(unknown)}`;
    throw refuse(path, `${path} is unknown; a window has depth and every`);
  }
  const steps = (key: 'depth' | 'every'): number => {
    const given = value[key];
    const { least, most } = LIMITS.T;
    if (typeof given === 'number' && Number.isInteger(given) && given >= least && given <= most) {
      return given;
    }
    const wanted = `window.${key} must be a whole number from ${least} to ${most}`;
    throw refuse(`window.${key}`, `${wanted}, got ${describeValue(given)}`, { least, most });
  };
  const [depth, every] = [steps('depth'), steps('every')];
  if (every <= depth) return { depth, every };
  throw refuse(
    'window.every',
    `window.every must be at most window.depth = ${depth}, or older losses would reach nothing; got ${every}`,
    { depth, got: every },
  );
}

interface NumberList {
  readonly length: number;
  readonly [index: number]: unknown;
}

function isNumberList(value: unknown): value is NumberList {
  if (Array.isArray(value)) return true;
  if (!ArrayBuffer.isView(value) || value instanceof DataView) return false;
  return !(value instanceof BigInt64Array || value instanceof BigUint64Array);
}

/** The list under `key` once its kind and length are right; its entries are not looked at. */
function listOf(key: string, value: unknown, needed: number, formula: string): NumberList {
  const wanted = `${key} needs ${needed} numbers (${formula})`;
  if (!isNumberList(value)) {
    throw refuse(key, `${wanted} in an array or a typed array, got ${describeValue(value)}`);
  }
  if (isNumberList(value[0])) {
    throw refuse(key, `${wanted} in one flat, row-major array; flatten yours with .flat(Infinity)`);
  }
  if (value.length !== needed) {
    throw refuse(key, `${wanted}, got ${value.length}`, { needed, got: value.length });
  }
  return value;
}

function numberAt(key: string, list: NumberList, i: number): number {
  const value = list[i];
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const path = `${key}[${i}]`;
  if (value === undefined) {
    throw refuse(path, `${path} is empty; fill every entry with a number`);
  }
  if (isNumberList(value)) {
    throw refuse(path, `${path} is an array; ${key} is one flat, row-major array of numbers`);
  }
  throw refuse(path, `${path} must be a finite number, got ${describeValue(value)}`);
}

function readReals(key: string, value: unknown, needed: number, formula: string): Reals {
  const list = listOf(key, value, needed, formula);
  const isSingle = Object.prototype.toString.call(list) === '[object Float32Array]';
  const reals = isSingle ? new Float32Array(needed) : new Float64Array(needed);
  for (let i = 0; i < needed; i++) {
    const v = numberAt(key, list, i);
    if (!Number.isFinite(Math.fround(v))) {
      const path = `${key}[${i}]`;
      throw refuse(path, `${path} is ${v}, too large for float32; keep within ±3.4028235e38`);
    }
    reals[i] = v;
  }
  return reals;
}

function readTargets(fields: Map<string, unknown>, shape: Shape, loss: Loss): Targets {
  const { T, B, O } = shape;
  const kind = fields.get('targetKind') ?? 'dense';
  if (kind !== 'dense' && kind !== 'class') {
    throw refuse('targetKind', `targetKind must be dense or class; got ${describeValue(kind)}`);
  }
  if (kind === 'class') {
    if (loss !== 'crossEntropy') {
      throw refuse(
        'targetKind',
        `Class targets belong to the loss crossEntropy, and the loss is ${loss}; ` +
          `give dense targets [T,B,O] or set loss to crossEntropy`,
      );
    }
    const list = listOf('target', fields.get('target'), T * B, `T×B = ${T}×${B}`);
    const indices = new Int32Array(T * B);
    for (let i = 0; i < indices.length; i++) {
      const v = numberAt('target', list, i);
      if (!Number.isInteger(v) || v < 0 || v >= O) {
        const path = `target[${i}]`;
        throw refuse(path, `${path} must be a class, a whole number from 0 to ${O - 1}, got ${v}`);
      }
      indices[i] = v;
    }
    return { kind, indices };
  }
  const values = readReals(
    'target',
    fields.get('target'),
    T * B * O,
    `T×B×O = ${T}×${B}×${O}; for T×B classes set targetKind to 'class'`,
  );
  checkTargetRange(values, loss);
  return { kind, values };
}

function checkTargetRange(values: Reals, loss: Loss): void {
  if (loss === 'mse') return;
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    if (v >= 0 && (loss === 'crossEntropy' || v <= 1)) continue;
    const path = `target[${i}]`;
    throw loss === 'bce'
      ? refuse(path, `${path} must lie from 0 to 1 for the loss bce, got ${v}`)
      : refuse(path, `${path} must be a probability, at least 0, for crossEntropy, got ${v}`);
  }
}

/** Ascending and unique. */
function readSteps(key: 'detach' | 'reset', value: unknown, T: number): number[] {
  if (!isNumberList(value)) {
    throw refuse(key, `${key} must be an array of steps, got ${describeValue(value)}`);
  }
  const steps = new Set<number>();
  for (let i = 0; i < value.length; i++) {
    const step = numberAt(key, value, i);
    if (!Number.isInteger(step) || step < 1 || step > T) {
      const path = `${key}[${i}]`;
      throw refuse(path, `${path} must be a step, a whole number from 1 to ${T}, got ${step}`);
    }
    steps.add(step);
  }
  return [...steps].sort((a, b) => a - b);
}
