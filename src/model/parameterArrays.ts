import { WEIGHT_KEYS, type Configuration, type WeightKey } from './configuration';
import type { ParameterName } from './optimizer';
import type { Parameters } from './problem';

/** The parameter of a weight array's key. */
export const PARAMETER_OF: Record<WeightKey, ParameterName> = {
  Wh: 'recurrentWeights',
  Wx: 'inputWeights',
  b: 'hiddenBias',
  Wy: 'outputWeights',
  c: 'outputBias',
};

/** Trained weights as a configuration has them: whole arrays. */
export function arraysOf(parameters: Parameters): Configuration['arrays'] {
  return Object.fromEntries(
    WEIGHT_KEYS.map((key) => [key, Array.from(parameters[PARAMETER_OF[key]])]),
  );
}

/** How many numbers are trained. */
export function weightCount(parameters: Parameters): number {
  return WEIGHT_KEYS.reduce((sum, key) => sum + parameters[PARAMETER_OF[key]].length, 0);
}
