import type { Activation } from '../model/kinds';

/**
 * Mean-field theory of a wide random network, W_h entries N(0, σ_w²/H), biases N(0, σ_b²)
 * (B. Poole et al. 2016; S. Schoenholz et al. 2017): q* = σ_w² E[f(√q* z)²] + σ_b² is the variance
 * of a_t, χ = σ_w² E[f′(√q* z)²] the mean square factor of one step back, z ~ N(0, 1).
 */

/** f and f′, which the caller brings. */
export interface Nonlinearity {
  readonly activation: Activation;
  readonly f: (a: number) => number;
  readonly slope: (a: number) => number;
}

export interface MeanField {
  /** q*, reached from q = 1; Infinity when the variance grows without bound */
  readonly q: number;
  /** χ at q*; its limit for q → ∞ when there is no finite q* */
  readonly chi: number;
}

/** A variance beyond this counts as unbounded, one below its inverse as 0. */
const LARGEST = 1e15;

const GAUSS_NODES = 12;
/** Legendre nodes and weights on [−1, 1] by Newton's method. */
const GAUSS = legendre(GAUSS_NODES);
/** Beyond this |z| the normal density is below float64's rounding. */
const TAIL = 9;
const PANELS = 40;

/**
 * E[g(√q z)]: Gauss–Legendre on panels that halve towards 0, where kinks lie and where a large q
 * packs everything that happens.
 */
export function gaussianMean(g: (a: number) => number, q: number): number {
  const root = Math.sqrt(q);
  let sum = 0;
  for (let panel = 0; panel < PANELS; panel++) {
    const high = TAIL * 2 ** (-panel / 2);
    const low = panel === PANELS - 1 ? 0 : TAIL * 2 ** (-(panel + 1) / 2);
    const half = 0.5 * (high - low);
    for (let k = 0; k < GAUSS_NODES; k++) {
      const z = low + half * (1 + GAUSS.nodes[k]!);
      const weight = GAUSS.weights[k]! * half * Math.exp(-0.5 * z * z);
      sum += weight * (g(root * z) + g(-root * z));
    }
  }
  return sum / Math.sqrt(2 * Math.PI);
}

/** E[f(√q z)²]; sin in closed form, since it oscillates where the others are smooth. */
function meanSquare({ activation, f }: Nonlinearity, q: number): number {
  if (activation === 'sin') return -0.5 * Math.expm1(-2 * q);
  return gaussianMean((a) => f(a) ** 2, q);
}

/** E[f′(√q z)²]; at q = 0 its limit, which a kink at 0 does not have to share with f′(0)². */
function meanSquareSlope({ activation, slope }: Nonlinearity, q: number): number {
  if (activation === 'sin') return 0.5 * (1 + Math.exp(-2 * q));
  return gaussianMean((a) => slope(a) ** 2, Math.max(q, 1e-16));
}

/** @param sigmaW σ_w ≥ 0 @param sigmaB σ_b ≥ 0 */
export function meanField(nonlinearity: Nonlinearity, sigmaW: number, sigmaB: number): MeanField {
  const [weight, bias] = [sigmaW ** 2, sigmaB ** 2];
  const q = fixedPoint((v) => weight * meanSquare(nonlinearity, v) + bias);
  if (q === Infinity) {
    const { slope } = nonlinearity;
    const limit =
      nonlinearity.activation === 'sin' ? 0.5 : (slope(1e9) ** 2 + slope(-1e9) ** 2) / 2;
    return { q, chi: weight * limit };
  }
  return { q, chi: weight * meanSquareSlope(nonlinearity, q) };
}

/**
 * The fixed point that q ← F(q), F increasing, reaches from q = 1: bracketed in the direction in
 * which the iteration goes, then bisected, because near the critical point iterating never ends.
 */
function fixedPoint(next: (q: number) => number): number {
  const direction = (q: number): number => {
    const change = next(q) - q;
    // Every q is a fixed point of relu at σ_w² = 2, σ_b = 0: rounding must not choose.
    return Math.abs(change) <= 1e-13 * q ? 0 : Math.sign(change);
  };
  const start = direction(1);
  if (start === 0) return 1;
  const factor = start > 0 ? 1.25 : 0.8;
  let near = 1;
  let far = factor;
  for (; direction(far) === start; far *= factor) {
    if (far > LARGEST) return Infinity;
    if (far < 1 / LARGEST) return 0;
    near = far;
  }
  let [low, high] = start > 0 ? [near, far] : [far, near];
  for (let k = 0; k < 100 && high - low > 1e-14 * high; k++) {
    const middle = 0.5 * (low + high);
    if (direction(middle) >= 0) low = middle;
    else high = middle;
  }
  const q = 0.5 * (low + high);
  // Next to an attracting 0 the change is below rounding before q is.
  return q < 1e-9 && next(0) === 0 ? 0 : q;
}

export interface CriticalPoint {
  /** σ_w at which χ = 1 */
  readonly sigmaW: number;
  readonly q: number;
}

/**
 * The edge of chaos: σ_w with χ = 1 at this σ_b. Null where there is none at a finite variance (relu
 * with σ_b > 0). Each q* belongs to one σ_w² = (q* − σ_b²)/E[f²], so the search runs over q*.
 */
export function criticalPoint(nonlinearity: Nonlinearity, sigmaB: number): CriticalPoint | null {
  const bias = sigmaB ** 2;
  const weightAt = (q: number) => (q - bias) / meanSquare(nonlinearity, q);
  const excess = (q: number) => weightAt(q) * meanSquareSlope(nonlinearity, q) - 1;
  const least = bias > 0 ? bias * 1e-6 : 1e-6;
  const first = bias + least;
  // Without biases χ = 1 is met in the limit of small signals: tanh at σ_w = 1.
  if (bias === 0 && Math.abs(excess(first)) < 1e-9) {
    return { sigmaW: Math.sqrt(weightAt(first)), q: 0 };
  }
  const sign = Math.sign(excess(first));
  let [low, high] = [first, first];
  for (let step = least; Math.sign(excess(high)) === sign; step *= 1.5) {
    low = high;
    high = bias + step * 1.5;
    if (high > 1e8) return null;
  }
  for (let k = 0; k < 100 && high - low > 1e-13 * high; k++) {
    const middle = 0.5 * (low + high);
    if (Math.sign(excess(middle)) === sign) low = middle;
    else high = middle;
  }
  const q = 0.5 * (low + high);
  return { sigmaW: Math.sqrt(weightAt(q)), q };
}

function legendre(count: number): { nodes: number[]; weights: number[] } {
  const nodes: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < count; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let derivative = 1;
    for (let iteration = 0; iteration < 100; iteration++) {
      let [previous, value] = [1, x];
      for (let n = 2; n <= count; n++) {
        [previous, value] = [value, ((2 * n - 1) * x * value - (n - 1) * previous) / n];
      }
      derivative = (count * (previous - x * value)) / (1 - x * x);
      const step = value / derivative;
      x -= step;
      if (Math.abs(step) < 1e-16) break;
    }
    nodes.push(x);
    weights.push(2 / ((1 - x * x) * derivative * derivative));
  }
  return { nodes, weights };
}
