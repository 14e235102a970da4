import type { PublicAnalyses, PublicAnalysisRequest } from './analyses';
import { describeValue, isPlainObject, printable } from './describeValue';
import { BpttError } from './errors';
import { ACTIVATIONS } from './kinds';
import type { Shape } from './problem';

/** The kinds that scripts may ask for, each with its own keys. */
const KEYS = {
  lag: [],
  jacobian: ['from', 'to'],
  lyapunov: ['skip'],
  contributions: [],
  spectrum: [],
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
