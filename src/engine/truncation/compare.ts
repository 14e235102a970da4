import type { GradientComparison } from '../../model/truncationAnalyses';
import type { Reals } from '../../model/problem';
import { timesPowerOfTwo, ZERO_EXPONENT } from '../../model/scaled';
import { normalised, scaledZero, type ScaledValues } from '../../reference/scaling';

export interface Deviation {
  /** Of the angle between the two; NaN where one of them is exactly 0 */
  readonly cosine: number;
  /** ‖g − full‖/‖full‖; 0 when both are exactly 0, Infinity when only `full` is */
  readonly relativeError: number;
}

/** g beside the full gradient. Neither need lie inside float64: each has its exponent. */
export function deviation(g: ScaledValues, full: ScaledValues): Deviation {
  const [size, fullSize] = [norm(g), norm(full)];
  if (fullSize === 0) return { cosine: NaN, relativeError: size === 0 ? 0 : Infinity };
  const top = Math.max(g.exponent, full.exponent);
  let square = 0;
  for (let i = 0; i < full.mantissas.length; i++) {
    const own = timesPowerOfTwo(g.mantissas[i]!, g.exponent - top);
    square += (own - timesPowerOfTwo(full.mantissas[i]!, full.exponent - top)) ** 2;
  }
  const relativeError = timesPowerOfTwo(Math.sqrt(square) / fullSize, top - full.exponent);
  const cosine = size === 0 ? NaN : dot(g, full) / (size * fullSize);
  // Rounding can leave the cosine of equal directions a little above 1.
  return { cosine: Math.max(-1, Math.min(1, cosine)), relativeError };
}

export function comparison(g: ScaledValues, full: ScaledValues, theta: Reals): GradientComparison {
  const along = ({ mantissas }: ScaledValues) =>
    mantissas.reduce((sum, m, i) => sum + m * theta[i]!, 0);
  const alongSelf = timesPowerOfTwo(along(g) / along(full), g.exponent - full.exponent);
  return { ...deviation(g, full), alongSelf: Number.isFinite(alongSelf) ? alongSelf : NaN };
}

/** ⟨g, full⟩/‖full‖²: 1 for the full gradient itself, so 1 on the average of an unbiased one. */
export function projection(g: ScaledValues, full: ScaledValues): number {
  const size = norm(full);
  if (size === 0) return NaN;
  return timesPowerOfTwo(dot(g, full) / size ** 2, g.exponent - full.exponent);
}

/** Of the mantissas; those of a zero are zeros. */
function norm({ mantissas }: ScaledValues): number {
  return Math.sqrt(mantissas.reduce((sum, v) => sum + v * v, 0));
}

function dot(u: ScaledValues, v: ScaledValues): number {
  return u.mantissas.reduce((sum, m, i) => sum + m * v.mantissas[i]!, 0);
}

/** Running mean and standard deviation of every entry (Welford 1962), relative to the largest draw. */
export class ScaledMoments {
  private readonly means: Float64Array;
  /** Σ (g − mean)² */
  private readonly squares: Float64Array;
  private exponent = ZERO_EXPONENT;
  private count = 0;

  constructor(length: number) {
    this.means = new Float64Array(length);
    this.squares = new Float64Array(length);
  }

  add({ mantissas, exponent }: ScaledValues): void {
    this.count++;
    if (exponent > this.exponent) {
      const down = timesPowerOfTwo(1, this.exponent - exponent);
      for (let i = 0; i < this.means.length; i++) {
        this.means[i]! *= down;
        this.squares[i]! *= down * down;
      }
      this.exponent = exponent;
    }
    const scale = timesPowerOfTwo(1, exponent - this.exponent);
    for (let i = 0; i < this.means.length; i++) {
      const value = mantissas[i]! * scale;
      const before = value - this.means[i]!;
      this.means[i]! += before / this.count;
      this.squares[i]! += before * (value - this.means[i]!);
    }
  }

  mean(): ScaledValues {
    return this.scaled(this.means.slice());
  }

  /** With n − 1; NaN for a single draw. */
  sd(): ScaledValues {
    const { count } = this;
    if (count < 2) return { mantissas: this.means.map(() => NaN), exponent: 0 };
    return this.scaled(this.squares.map((square) => Math.sqrt(square / (count - 1))));
  }

  private scaled(values: Float64Array): ScaledValues {
    if (this.exponent === ZERO_EXPONENT) return scaledZero(values.length);
    return normalised(values, this.exponent);
  }
}
