import type { Activation, Loss, OutputActivation } from '../model/kinds';
import type { Reals } from '../model/problem';

/** How PyTorch writes f(a); F is torch.nn.functional. */
export const ACTIVATION_SOURCE: Record<Activation, string> = {
  tanh: 'torch.tanh(a)',
  relu: 'torch.relu(a)',
  sigmoid: 'torch.sigmoid(a)',
  identity: 'a',
  leakyRelu: 'F.leaky_relu(a, 0.01)',
  elu: 'F.elu(a)',
  softplus: 'F.softplus(a)',
  gelu: 'F.gelu(a)',
  silu: 'F.silu(a)',
  sin: 'torch.sin(a)',
};

const OUTPUT_SOURCE: Record<OutputActivation, string> = {
  identity: 'z',
  sigmoid: 'torch.sigmoid(z)',
  tanh: 'torch.tanh(z)',
  softmax: 'torch.softmax(z, dim=1)',
};

/** ℓ_t from the logits: the two cross-entropies take z itself, as PyTorch's do. */
export function lossSource(loss: Loss, output: OutputActivation, isClass: boolean): string {
  switch (loss) {
    case 'mse': {
      // A class target of a squared error is its one-hot row.
      const target = isClass ? 'F.one_hot(target[t], O).to(z.dtype)' : 'target[t]';
      return `F.mse_loss(${OUTPUT_SOURCE[output]}, ${target})`;
    }
    case 'crossEntropy':
      return 'F.cross_entropy(z, target[t])';
    case 'bce': {
      const target = isClass ? 'F.one_hot(target[t], O).to(z.dtype)' : 'target[t]';
      return `F.binary_cross_entropy_with_logits(z, ${target})`;
    }
  }
}

const LINE = 96;

/** A Python expression of a tensor with these values; integers stay integers (class indices). */
export function tensorSource(values: Reals | Int32Array, shape: readonly string[]): string {
  const isWhole = values instanceof Int32Array;
  const body = listSource(values, isWhole ? String : numberSource);
  const text = `torch.tensor(${body})`;
  return shape.length === 1 ? text : `${text}.reshape(${shape.join(', ')})`;
}

/** A Python list in lines of LINE characters. */
export function listSource(
  values: ArrayLike<number>,
  write: (value: number) => string = numberSource,
): string {
  const lines: string[] = [];
  let line = '';
  for (let i = 0; i < values.length; i++) {
    const text = write(values[i]!);
    if (line.length + text.length + 2 > LINE) {
      lines.push(line);
      line = '';
    }
    line += `${line === '' ? '' : ' '}${text},`;
  }
  lines.push(line);
  const joined = lines.join('\n    ');
  return lines.length === 1 ? `[${joined.slice(0, -1)}]` : `[\n    ${joined}\n]`;
}

/** A Python float: the shortest decimal that reads back exactly, or the name of what is none. */
export function numberSource(value: number): string {
  if (Number.isNaN(value)) return 'float("nan")';
  if (!Number.isFinite(value)) return value > 0 ? 'float("inf")' : '-float("inf")';
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

export function indent(text: string, by = 4): string {
  const space = ' '.repeat(by);
  return text.replace(/^(?=.)/gm, space);
}
