import type { Adam, Optimizer, Rmsprop, Sgd, UpdateScalars } from '../../model/optimizer';

/**
 * The update rules of src/reference/optimizers.ts on plain loops: θ in float32, moments in float64.
 * Second moments are roots (docs/decisions/0005-training.md): √(a s² + b g²) never leaves float64.
 */

/** One array and its moments; those the optimizer does not keep are empty. */
export interface CpuTrained {
  readonly theta: Float32Array;
  readonly velocity: Float64Array;
  readonly mean: Float64Array;
  readonly rms: Float64Array;
  readonly largestRms: Float64Array;
}

/** Writes what follows from `old` and g into `out`, which must not share arrays with it. */
export function updateInto(
  optimizer: Optimizer,
  scalars: UpdateScalars,
  isFirst: boolean,
  old: CpuTrained,
  g: Float64Array,
  out: CpuTrained,
): void {
  switch (optimizer.kind) {
    case 'sgd':
      return sgd(optimizer, isFirst, old, g, out);
    case 'rmsprop':
      return rmsprop(optimizer, old, g, out);
    case 'adam':
      return adam(optimizer, scalars, old, g, out);
  }
}

function sgd(
  { lr, momentum, dampening, nesterov, weightDecay }: Sgd,
  isFirst: boolean,
  { theta, velocity }: CpuTrained,
  g: Float64Array,
  out: CpuTrained,
): void {
  for (let i = 0; i < g.length; i++) {
    let d = g[i]! + weightDecay * theta[i]!;
    if (momentum !== 0) {
      const v = isFirst ? d : momentum * velocity[i]! + (1 - dampening) * d;
      out.velocity[i] = v;
      d = nesterov ? d + momentum * v : v;
    }
    out.theta[i] = theta[i]! - lr * d;
  }
}

function rmsprop(
  { lr, alpha, eps, weightDecay, momentum, centered }: Rmsprop,
  { theta, velocity, mean, rms }: CpuTrained,
  g: Float64Array,
  out: CpuTrained,
): void {
  for (let i = 0; i < g.length; i++) {
    const d = g[i]! + weightDecay * theta[i]!;
    let s: number;
    if (centered) {
      // v − ḡ² follows a recursion of its own, in which nothing cancels.
      const distance = d - mean[i]!;
      s = Math.sqrt(alpha * rms[i]! * rms[i]! + alpha * (1 - alpha) * distance * distance);
      out.mean[i] = alpha * mean[i]! + (1 - alpha) * d;
    } else {
      s = Math.sqrt(alpha * rms[i]! * rms[i]! + (1 - alpha) * d * d);
    }
    out.rms[i] = s;
    let step = d === 0 ? 0 : d / (s + eps);
    if (momentum !== 0) {
      step += momentum * velocity[i]!;
      out.velocity[i] = step;
    }
    out.theta[i] = theta[i]! - lr * step;
  }
}

function adam(
  { betas, eps, weightDecay, amsgrad }: Adam,
  { stepSize, correction }: UpdateScalars,
  { theta, mean, rms, largestRms }: CpuTrained,
  g: Float64Array,
  out: CpuTrained,
): void {
  const [beta1, beta2] = betas;
  for (let i = 0; i < g.length; i++) {
    const d = g[i]! + weightDecay * theta[i]!;
    const m = beta1 * mean[i]! + (1 - beta1) * d;
    let s = Math.sqrt(beta2 * rms[i]! * rms[i]! + (1 - beta2) * d * d);
    out.mean[i] = m;
    out.rms[i] = s;
    if (amsgrad) {
      s = Math.max(s, largestRms[i]!);
      out.largestRms[i] = s;
    }
    out.theta[i] = theta[i]! - (m === 0 ? 0 : (stepSize * m) / (s / correction + eps));
  }
}
