import type { Adam, Optimizer, Rmsprop, Sgd } from '../model/optimizer';

/**
 * The update rules θ ← θ − …, for one array, as torch.optim defines them; t = 1 for the first update.
 * g is ∂L/∂θ after clipping. Every rule first adds the weight decay: g ← g + λ θ.
 */

/** One array and what its optimizer keeps for every entry; absent before the first update. */
export interface Trained {
  readonly theta: Float64Array;
  /** momentum_buffer */
  readonly velocity?: Float64Array;
  /** exp_avg, grad_avg */
  readonly mean?: Float64Array;
  /** exp_avg_sq, square_avg */
  readonly meanSquare?: Float64Array;
  /** max_exp_avg_sq */
  readonly largestMeanSquare?: Float64Array;
}

function withDecay(g: Float64Array, theta: Float64Array, weightDecay: number): Float64Array {
  return g.map((v, i) => v + weightDecay * theta[i]!);
}

function zeros(like: Float64Array): Float64Array {
  return new Float64Array(like.length);
}

/** a u + b v, entry by entry */
function combined(a: number, u: Float64Array, b: number, v: Float64Array): Float64Array {
  return u.map((x, i) => a * x + b * v[i]!);
}

const squared = (v: Float64Array): Float64Array => v.map((x) => x * x);

/** u/v, and 0 where both are: with eps = 0, an entry whose gradient was always zero stays. */
function quotient(u: Float64Array, v: Float64Array): Float64Array {
  return u.map((x, i) => (x === 0 ? 0 : x / v[i]!));
}

/**
 * buf ← μ buf + (1 − τ) g, at first buf ← g; then g ← buf, with nesterov g ← g + μ buf;
 * θ ← θ − lr g. (torch.optim.SGD; without momentum θ ← θ − lr g.)
 */
export function sgd(options: Sgd, { theta, velocity }: Trained, gradient: Float64Array): Trained {
  const { lr, momentum, dampening, nesterov, weightDecay } = options;
  const g = withDecay(gradient, theta, weightDecay);
  if (momentum === 0) return { theta: combined(1, theta, -lr, g) };
  const buf = velocity ? combined(momentum, velocity, 1 - dampening, g) : g;
  const direction = nesterov ? combined(1, g, momentum, buf) : buf;
  return { theta: combined(1, theta, -lr, direction), velocity: buf };
}

/**
 * v ← α v + (1 − α) g²; d ← √v + ε, centred: ḡ ← α ḡ + (1 − α) g and d ← √(v − ḡ²) + ε;
 * θ ← θ − lr g/d, with momentum buf ← μ buf + g/d and θ ← θ − lr buf. (torch.optim.RMSprop)
 */
export function rmsprop(options: Rmsprop, trained: Trained, gradient: Float64Array): Trained {
  const { lr, alpha, eps, weightDecay, momentum, centered } = options;
  const { theta, velocity, mean, meanSquare } = trained;
  const g = withDecay(gradient, theta, weightDecay);
  const v = combined(alpha, meanSquare ?? zeros(theta), 1 - alpha, squared(g));
  const average = combined(alpha, mean ?? zeros(theta), 1 - alpha, g);
  const spread = centered ? combined(1, v, -1, squared(average)) : v;
  // A gradient that stays the same leaves v − ḡ² a rounding error, possibly below zero.
  const step = quotient(
    g,
    spread.map((s) => Math.sqrt(Math.max(0, s)) + eps),
  );
  const kept = { meanSquare: v, ...(centered && { mean: average }) };
  if (momentum === 0) return { theta: combined(1, theta, -lr, step), ...kept };
  const buf = combined(momentum, velocity ?? zeros(theta), 1, step);
  return { theta: combined(1, theta, -lr, buf), velocity: buf, ...kept };
}

/**
 * m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g²; θ ← θ − lr/(1 − β₁^t) · m/(√v/√(1 − β₂^t) + ε),
 * with amsgrad √(the largest v so far). (torch.optim.Adam; Kingma and Ba, 2015)
 */
export function adam(options: Adam, trained: Trained, gradient: Float64Array, t: number): Trained {
  const { lr, betas, eps, weightDecay, amsgrad } = options;
  const [beta1, beta2] = betas;
  const { theta, mean, meanSquare, largestMeanSquare } = trained;
  const g = withDecay(gradient, theta, weightDecay);
  const m = combined(beta1, mean ?? zeros(theta), 1 - beta1, g);
  const v = combined(beta2, meanSquare ?? zeros(theta), 1 - beta2, squared(g));
  const largest = v.map((x, i) => Math.max(x, largestMeanSquare?.[i] ?? 0));
  const correction = Math.sqrt(1 - beta2 ** t);
  const step = quotient(
    m,
    (amsgrad ? largest : v).map((x) => Math.sqrt(x) / correction + eps),
  );
  return {
    theta: combined(1, theta, -lr / (1 - beta1 ** t), step),
    ...{ mean: m, meanSquare: v },
    ...(amsgrad && { largestMeanSquare: largest }),
  };
}

/** θ and what is kept, after update t. */
export function updated(
  optimizer: Optimizer,
  trained: Trained,
  gradient: Float64Array,
  t: number,
): Trained {
  switch (optimizer.kind) {
    case 'sgd':
      return sgd(optimizer, trained, gradient);
    case 'rmsprop':
      return rmsprop(optimizer, trained, gradient);
    case 'adam':
      return adam(optimizer, trained, gradient, t);
  }
}
