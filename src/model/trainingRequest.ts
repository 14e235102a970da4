import { describeValue, isPlainObject, printable } from './describeValue';
import { BpttError } from './errors';
import { OPTIMIZER_DEFAULTS, OPTIMIZERS, type Optimizer, type OptimizerKind } from './optimizer';
import { trainingPlan, type TrainingPlan } from './training';

/** Most updates of one call. */
export const MOST_UPDATES = 1_000_000;
export const TRAINING_BOUNDS = {
  /** Hyperparameters up to here leave float32 room for their products. */
  hyperparameter: 1e6,
  /** 2^-126: what is smaller is no float32 of full precision. */
  clip: { least: 2 ** -126, most: 1e37 },
} as const;

export interface TrainingRequest {
  readonly plan: TrainingPlan;
  readonly steps: number;
}

const COMMON = ['kind', 'lr', 'steps', 'clipNorm', 'clipValue'];

function refuse(path: string, message: string): BpttError {
  return new BpttError('invalid-request', path, message);
}

/**
 * The optimizer of the console API (docs/console-api.md): PyTorch's names and defaults. Throws
 * BpttError 'invalid-request' with the path of the first thing wrong.
 */
export function trainingRequestFromInput(input: unknown): TrainingRequest {
  if (!isPlainObject(input)) {
    throw refuse('', `The optimizer must be a plain object, got ${describeValue(input)}.`);
  }
  const kind = OPTIMIZERS.find((known) => known === input['kind']);
  if (kind === undefined) {
    const got = describeValue(input['kind']);
    throw refuse('kind', `kind must be one of ${OPTIMIZERS.join(', ')}; got ${got}`);
  }
  const fields = new Fields(fieldsOf(kind, input));
  const optimizer = optimizerFrom(kind, fields);
  return {
    plan: trainingPlan(optimizer, {
      clipNorm: fields.bound('clipNorm'),
      clipValue: fields.bound('clipValue'),
    }),
    steps: fields.steps(),
  };
}

/** Own keys, PyTorch's weight_decay under our name; unknown ones are refused. */
function fieldsOf(kind: OptimizerKind, input: Record<string, unknown>): Map<string, unknown> {
  const known = [...COMMON, ...Object.keys(OPTIMIZER_DEFAULTS[kind])];
  const fields = new Map<string, unknown>();
  for (const key of Object.keys(input)) {
    const name = key === 'weight_decay' ? 'weightDecay' : key;
    if (!known.includes(name)) {
      const shown = printable(key);
      throw refuse(shown, `Unknown key "${shown}"; ${kind} has ${known.join(', ')}.`);
    }
    if (input[key] === undefined) continue;
    if (fields.has(name)) {
      throw refuse(key, 'weightDecay and weight_decay are the same; give one of them.');
    }
    fields.set(name, input[key]);
  }
  return fields;
}

/** Reads and checks one field at a time. */
class Fields {
  constructor(private readonly values: ReadonlyMap<string, unknown>) {}

  number(key: string, most: number, whenAbsent?: number): number {
    const value = this.get(key, whenAbsent);
    if (typeof value === 'number' && value >= 0 && value <= most) return value;
    throw refuse(key, `${key} must be a number from 0 to ${most}, got ${describeValue(value)}`);
  }

  /** A number below 1: a part that is kept. */
  share(key: string, value: unknown): number {
    if (typeof value === 'number' && value >= 0 && value < 1) return value;
    throw refuse(key, `${key} must be a number from 0 to below 1, got ${describeValue(value)}`);
  }

  flag(key: string, whenAbsent: boolean): boolean {
    const value = this.get(key, whenAbsent);
    if (typeof value === 'boolean') return value;
    throw refuse(key, `${key} must be true or false, got ${describeValue(value)}`);
  }

  get(key: string, whenAbsent: unknown): unknown {
    return this.values.has(key) ? this.values.get(key) : whenAbsent;
  }

  /** A positive bound, or null for none. */
  bound(key: string): number | null {
    const value = this.values.get(key) ?? null;
    if (value === null) return null;
    const { least, most } = TRAINING_BOUNDS.clip;
    if (typeof value === 'number' && value >= least && value <= most) return value;
    const got = describeValue(value);
    throw refuse(key, `${key} must be a positive number up to 1e37, or null for none; got ${got}`);
  }

  steps(): number {
    const value = this.values.get('steps');
    if (
      typeof value === 'number' &&
      Number.isInteger(value) &&
      value >= 1 &&
      value <= MOST_UPDATES
    ) {
      return value;
    }
    const got = describeValue(value);
    throw refuse('steps', `steps must be a whole number from 1 to ${MOST_UPDATES}, got ${got}`);
  }
}

function optimizerFrom(kind: OptimizerKind, fields: Fields): Optimizer {
  const amount = (key: string, whenAbsent?: number) =>
    fields.number(key, TRAINING_BOUNDS.hyperparameter, whenAbsent);
  const lr = amount('lr');
  switch (kind) {
    case 'sgd': {
      const defaults = OPTIMIZER_DEFAULTS.sgd;
      const momentum = amount('momentum', defaults.momentum);
      const dampening = fields.number('dampening', 1, defaults.dampening);
      const nesterov = fields.flag('nesterov', defaults.nesterov);
      if (nesterov && (momentum === 0 || dampening !== 0)) {
        throw refuse('nesterov', 'nesterov needs a momentum above 0 and no dampening');
      }
      const weightDecay = amount('weightDecay', defaults.weightDecay);
      return { kind, lr, momentum, dampening, nesterov, weightDecay };
    }
    case 'rmsprop': {
      const defaults = OPTIMIZER_DEFAULTS.rmsprop;
      return {
        kind,
        lr,
        alpha: fields.share('alpha', fields.get('alpha', defaults.alpha)),
        eps: amount('eps', defaults.eps),
        weightDecay: amount('weightDecay', defaults.weightDecay),
        momentum: amount('momentum', defaults.momentum),
        centered: fields.flag('centered', defaults.centered),
      };
    }
    case 'adam': {
      const defaults = OPTIMIZER_DEFAULTS.adam;
      return {
        kind,
        lr,
        betas: betasFrom(fields, defaults.betas),
        eps: amount('eps', defaults.eps),
        weightDecay: amount('weightDecay', defaults.weightDecay),
        amsgrad: fields.flag('amsgrad', defaults.amsgrad),
      };
    }
  }
}

function betasFrom(fields: Fields, defaults: readonly [number, number]): [number, number] {
  const value = fields.get('betas', defaults);
  if (!Array.isArray(value) || value.length !== 2) {
    const got = describeValue(value);
    throw refuse('betas', `betas must be two numbers, as [0.9, 0.999]; got ${got}`);
  }
  const [first, second] = value as unknown[];
  return [fields.share('betas[0]', first), fields.share('betas[1]', second)];
}
