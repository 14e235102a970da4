import type { PublicAnalyses, PublicAnalysisRequest } from './analyses';
import { describeValue, isPlainObject, printable } from './describeValue';
import { BpttError } from './errors';
import { LIMITS } from './configuration';
import { ACTIVATIONS } from './kinds';
import type { Shape } from './problem';
import type { TruncationScheme } from './truncation';

/** Most draws of a random scheme. */
export const MOST_SAMPLES = 1_000_000;

/** The kinds that scripts may ask for, each with its own keys. */
const KEYS = {
  lag: [],
  jacobian: ['from', 'to'],
  lyapunov: ['skip'],
  contributions: [],
  spectrum: [],
  truncation: ['scheme', 'samples'],
  meanField: ['activation', 'sigmaW', 'sigmaB'],
} as const satisfies Record<keyof PublicAnalyses, readonly string[]>;

function refuse(path: string, message: string): BpttError {
  return new BpttError('invalid-request', path, message);
}

/**
 * The console API's request (docs/console-api.md), checked against the problem's sizes. Throws
 * BpttError 'invalid-request' with the path of the first thing wrong.
 */
export function analysisRequestFromInput(input: unknown, shape: Shape): PublicAnalysisRequest {
  if (!isPlainObject(input)) {
    throw refuse('', `The request must be a plain object, got ${describeValue(input)}.`);
  }
  const kind = kindOf(input['kind']);
  const known: readonly string[] = ['kind', ...KEYS[kind]];
  const unknown = Object.keys(input).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    const name = printable(unknown);
    throw refuse(name, `Unknown key "${name}"; ${kind} has ${known.join(', ')}.`);
  }
  switch (kind) {
    case 'lag':
    case 'contributions':
    case 'spectrum':
      return { kind };
    case 'jacobian': {
      const from = whole('from', input['from'], 0, shape.T - 1);
      return { kind, from, to: whole('to', input['to'], from + 1, shape.T) };
    }
    case 'lyapunov': {
      const skip = input['skip'];
      return skip === undefined ? { kind } : { kind, skip: whole('skip', skip, 0, shape.T - 1) };
    }
    case 'truncation': {
      const scheme = schemeFromInput(input['scheme'], shape);
      const samples = input['samples'];
      if (samples === undefined) return { kind, scheme };
      if (scheme.kind !== 'random') {
        throw refuse('samples', `samples are draws of a random scheme; ${scheme.kind} has none`);
      }
      return { kind, scheme, samples: whole('samples', samples, 1, MOST_SAMPLES) };
    }
    case 'meanField': {
      const activation = ACTIVATIONS.find((name) => name === input['activation']);
      if (activation === undefined) {
        const got = describeValue(input['activation']);
        throw refuse(
          'activation',
          `activation must be one of ${ACTIVATIONS.join(', ')}; got ${got}`,
        );
      }
      const sigmaW = deviation('sigmaW', input['sigmaW']);
      return { kind, activation, sigmaW, sigmaB: deviation('sigmaB', input['sigmaB']) };
    }
  }
}

/** The keys of each scheme beside its kind. */
const SCHEME_KEYS = {
  none: [],
  cuts: ['at'],
  chunked: ['every'],
  sliding: ['depth', 'every'],
  random: ['keep', 'seed'],
  reset: ['every'],
} as const satisfies Record<TruncationScheme['kind'], readonly string[]>;

function schemeFromInput(input: unknown, { T }: Shape): TruncationScheme {
  if (!isPlainObject(input)) {
    throw refuse('scheme', `scheme must be a plain object, got ${describeValue(input)}`);
  }
  const kinds = Object.keys(SCHEME_KEYS) as TruncationScheme['kind'][];
  const kind = kinds.find((known) => known === input['kind']);
  if (kind === undefined) {
    const got = describeValue(input['kind']);
    throw refuse('scheme.kind', `scheme.kind must be one of ${kinds.join(', ')}; got ${got}`);
  }
  const known: readonly string[] = ['kind', ...SCHEME_KEYS[kind]];
  const unknown = Object.keys(input).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    const name = printable(unknown);
    throw refuse(`scheme.${name}`, `Unknown key "${name}"; ${kind} has ${known.join(', ')}.`);
  }
  const steps = (key: 'every' | 'depth', most: number = LIMITS.T.most) =>
    whole(`scheme.${key}`, input[key], 1, most);
  switch (kind) {
    case 'none':
      return { kind };
    case 'chunked':
    case 'reset':
      return { kind, every: steps('every') };
    case 'sliding': {
      // Going back less often than it is deep would leave losses out.
      const depth = steps('depth');
      return { kind, depth, every: steps('every', depth) };
    }
    case 'random': {
      const { least, most } = LIMITS.keep;
      const keep = input['keep'];
      if (typeof keep !== 'number' || !(keep >= least && keep <= most)) {
        const got = describeValue(keep);
        throw refuse(
          'scheme.keep',
          `scheme.keep must be a number from ${least} to ${most}, got ${got}`,
        );
      }
      return { kind, keep, seed: whole('scheme.seed', input['seed'], 0, 2 ** 32 - 1) };
    }
    case 'cuts': {
      const at: unknown = input['at'];
      if (!Array.isArray(at) || at.length > T) {
        const got = describeValue(at);
        throw refuse('scheme.at', `scheme.at must be an array of at most T steps, got ${got}`);
      }
      return { kind, at: at.map((step: unknown, i) => whole(`scheme.at[${i}]`, step, 1, T)) };
    }
  }
}

function kindOf(value: unknown): keyof PublicAnalyses {
  const kinds = Object.keys(KEYS) as (keyof PublicAnalyses)[];
  const found = kinds.find((kind) => kind === value);
  if (found !== undefined) return found;
  throw refuse('kind', `kind must be one of ${kinds.join(', ')}; got ${describeValue(value)}`);
}

function whole(path: string, value: unknown, least: number, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) {
    return value;
  }
  const got = describeValue(value);
  throw refuse(path, `${path} must be a whole number from ${least} to ${most}, got ${got}`);
}

/** Standard deviations beyond this leave nothing to compute. */
const MOST_SIGMA = 1e6;

function deviation(path: string, value: unknown): number {
  if (typeof value === 'number' && value >= 0 && value <= MOST_SIGMA) return value;
  throw refuse(path, `${path} must be a number from 0 to 1e6, got ${describeValue(value)}`);
}
