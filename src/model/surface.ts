import type { Parameters } from './problem';

/** Two directions in weight space, each of the problem's own shapes. */
export interface Plane {
  readonly first: Parameters;
  readonly second: Parameters;
}

/** The trained arrays, in the order in which they are laid side by side. */
export const PARAMETER_NAMES = [
  'inputWeights',
  'recurrentWeights',
  'hiddenBias',
  'outputWeights',
  'outputBias',
] as const satisfies readonly (keyof Parameters)[];

/** Five arrays of the shapes of `like`, entry for entry. */
export function mapParameters(
  like: Parameters,
  make: (name: keyof Parameters, index: number) => number,
): Parameters {
  const entries = PARAMETER_NAMES.map((name) => [
    name,
    Float64Array.from(like[name], (_, index) => make(name, index)),
  ]);
  return Object.fromEntries(entries) as unknown as Parameters;
}

/** θ + a d₁ + b d₂, every weight rounded to float32 as the engines keep it. */
export function pointOnPlane(
  parameters: Parameters,
  plane: Plane,
  a: number,
  b: number,
): Parameters {
  const { first, second } = plane;
  return mapParameters(parameters, (name, i) =>
    Math.fround(parameters[name][i]! + a * first[name][i]! + b * second[name][i]!),
  );
}
