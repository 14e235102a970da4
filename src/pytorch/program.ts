import type { Problem } from '../model/problem';
import type { Truncation } from '../model/truncation';
import {
  ACTIVATION_SOURCE,
  indent,
  listSource,
  lossSource,
  numberSource,
  tensorSource,
} from './source';

export interface ProgramOptions {
  /** Its own `cuts`, `linkFactors`, … are what the program reproduces. */
  readonly problem: Problem;
  /** The scheme by name, so that the program has the loop a person would write for it. */
  readonly truncation: Truncation;
  /** Steps cut by hand, on top of the scheme */
  readonly cuts: readonly number[];
  /**
   * ∂L/∂W_h [H·H] as the page has it: the program then carries the page's weights and data and
   * asserts that PyTorch gets the same. Null writes stand-ins of the same shapes instead.
   */
  readonly gradient: Float64Array | null;
}

/** Most numbers that a program with the page's own data may carry. */
export const MOST_NUMBERS = 60_000;

/** How many numbers the program would carry with the page's own data. */
export function numbersCarried({ T, B, I, H, O, targets }: Problem): number {
  const target = targets.kind === 'class' ? T * B : T * B * O;
  return H * (I + 2 * H + O + 1) + O + T * B * I + target + T + B * H;
}

/**
 * A Python program that trains nothing: one forward pass and the backward pass of the scheme, in
 * PyTorch (1.13 and later), as it stands. Losses are summed over time, averaged over the batch.
 */
export function pytorchProgram(options: ProgramOptions): string {
  return [head(options), model(options.problem), loop(options), tail(options)].join('\n\n');
}

function head({ problem, gradient }: ProgramOptions): string {
  const { T, B, I, H, O } = problem;
  const lines = [
    'import torch',
    'import torch.nn.functional as F',
    '',
    'torch.set_default_dtype(torch.float64)',
    `T, B, I, H, O = ${T}, ${B}, ${I}, ${H}, ${O}`,
    '',
    ...(gradient === null ? standIns(problem) : ownData(problem)),
    'parameters = [Wx, Wh, b, Wy, c]',
    'for p in parameters:',
    '    p.requires_grad_()',
  ];
  return lines.join('\n');
}

function ownData(problem: Problem): string[] {
  const { parameters, inputs, targets, lossWeights, initialState } = problem;
  const isZero = initialState.every((v) => v === 0);
  return [
    `Wx = ${tensorSource(parameters.inputWeights, ['H', 'I'])}`,
    `Wh = ${tensorSource(parameters.recurrentWeights, ['H', 'H'])}`,
    `b = ${tensorSource(parameters.hiddenBias, ['H'])}`,
    `Wy = ${tensorSource(parameters.outputWeights, ['O', 'H'])}`,
    `c = ${tensorSource(parameters.outputBias, ['O'])}`,
    isZero ? 'h0 = torch.zeros(B, H)' : `h0 = ${tensorSource(initialState, ['B', 'H'])}`,
    `x = ${tensorSource(inputs, ['T', 'B', 'I'])}`,
    targets.kind === 'class'
      ? `target = ${tensorSource(targets.indices, ['T', 'B'])}`
      : `target = ${tensorSource(targets.values, ['T', 'B', 'O'])}`,
    `w = ${weightsSource(lossWeights)}  # weight of each step's loss`,
  ];
}

function standIns(problem: Problem): string[] {
  const { targets, lossWeights, loss } = problem;
  const dense = loss === 'mse' ? 'torch.randn(T, B, O)' : 'torch.rand(T, B, O)';
  return [
    'torch.manual_seed(0)',
    '# Stand-ins of the same shapes; the page can put its own numbers here.',
    'Wx = torch.randn(H, I) / I**0.5',
    'Wh = 0.9 * torch.nn.init.orthogonal_(torch.empty(H, H))',
    'b = torch.zeros(H)',
    'Wy = torch.randn(O, H) / H**0.5',
    'c = torch.zeros(O)',
    'h0 = torch.zeros(B, H)',
    'x = torch.randn(T, B, I)',
    targets.kind === 'class' ? 'target = torch.randint(O, (T, B))' : `target = ${dense}`,
    `w = ${weightsSource(lossWeights)}  # weight of each step's loss`,
  ];
}

/** Short where the placement is ordinary. */
function weightsSource(weights: ArrayLike<number>): string {
  const list = Array.from(weights);
  if (list.every((v) => v === 1)) return '[1.0] * T';
  const T = list.length;
  if (list.every((v, i) => v === (i === T - 1 ? 1 : 0))) return '[0.0] * (T - 1) + [1.0]';
  return listSource(list);
}

function model(problem: Problem): string {
  const { activation, outputActivation, loss, targets } = problem;
  return [
    'def step(h, t):  # h_t = f(W_h h_{t-1} + W_x x_t + b)',
    '    a = h @ Wh.T + x[t] @ Wx.T + b',
    `    return ${ACTIVATION_SOURCE[activation]}`,
    '',
    'def loss_at(h, t):  # w_t * l_t; the mean over the batch is inside',
    '    z = h @ Wy.T + c',
    `    return w[t] * ${lossSource(loss, outputActivation, targets.kind === 'class')}`,
  ].join('\n');
}

/** `if` lines of what happens to h before step t + 1, hand-placed cuts included. */
function handCuts(cuts: readonly number[]): string[] {
  if (cuts.length === 0) return [];
  return [`if t + 1 in cuts:`, '    h = h.detach()  # the values pass, the gradient does not'];
}

function loop({ truncation, cuts, problem }: ProgramOptions): string {
  const own = cuts.filter((step) => step <= problem.T);
  const declared = own.length === 0 ? [] : [`cuts = {${own.join(', ')}}  # before these steps`];
  const each = handCuts(own);
  switch (truncation.kind) {
    case 'none':
      return [...declared, ...wholeLoop(each)].join('\n');
    case 'chunked':
      return [...declared, ...chunkedLoop(truncation.every, each)].join('\n');
    case 'sliding':
      return [...declared, ...slidingLoop(truncation.depth, truncation.every, each)].join('\n');
    case 'random':
      return [
        ...declared,
        ...randomLoop(truncation.keep, problem.linkFactors ?? new Float32Array(problem.T), each),
      ].join('\n');
    case 'reset':
      return [
        ...declared,
        ...wholeLoop([
          `if t > 0 and t % ${truncation.every} == 0:`,
          '    h = torch.zeros_like(h)  # not a detach: from here on the values differ, too',
          ...each,
        ]),
      ].join('\n');
  }
}

function wholeLoop(before: readonly string[]): string[] {
  return [
    'h = h0',
    'L = 0.0',
    'for t in range(T):',
    ...before.map((line) => indent(line)),
    '    h = step(h, t)',
    '    L = L + loss_at(h, t)',
    'L.backward()  # one graph over all steps: BPTT',
  ];
}

function chunkedLoop(every: number, before: readonly string[]): string[] {
  return [
    `k = ${every}`,
    'h = h0',
    'for start in range(0, T, k):',
    '    if start > 0:',
    '        h = h.detach()  # the state goes on, its history does not',
    '    L = 0.0',
    '    for t in range(start, min(start + k, T)):',
    ...before.map((line) => indent(line, 8)),
    '        h = step(h, t)',
    '        L = L + loss_at(h, t)',
    '    L.backward()  # adds to .grad and frees the chunk’s graph;',
    '    # without the detach, the next one raises "Trying to backward through the graph a second time"',
  ];
}

function slidingLoop(depth: number, every: number, before: readonly string[]): string[] {
  return [
    `depth, every = ${depth}, ${Math.min(depth, every)}  # BPTT(h; h') of Williams & Peng (1990)`,
    'states = [h0]  # forward once; no graph is needed for the values',
    'with torch.no_grad():',
    '    for t in range(T):',
    '        states.append(step(states[-1], t))',
    'done = 0',
    'for end in [*range(every, T, every), T]:',
    '    start = max(0, end - depth)',
    '    h = states[start]  # a constant: the gradient reaches back `depth` steps and stops',
    '    L = 0.0',
    '    for t in range(start, end):',
    ...before.map((line) => indent(line, 8)),
    '        h = step(h, t)',
    '        if t >= done:  # the losses since the last window',
    '            L = L + loss_at(h, t)',
    '    L.backward()  # a fresh graph per window; sharing one would need retain_graph=True',
    '    done = end',
  ];
}

function randomLoop(keep: number, factors: ArrayLike<number>, before: readonly string[]): string[] {
  const kept = Array.from(factors, (factor) => (factor === 0 ? 0 : 1));
  return [
    `keep = ${numberSource(keep)}  # ARTBP: a link is kept with this probability and scaled by 1/keep`,
    `kept = ${listSource(kept, String)}`,
    'h = h0',
    'L = 0.0',
    'for t in range(T):',
    '    factor = kept[t] / keep',
    '    h = h.detach() + factor * (h - h.detach())  # the value of h, its gradient times factor',
    ...before.map((line) => indent(line)),
    '    h = step(h, t)',
    '    L = L + loss_at(h, t)',
    'L.backward()',
  ];
}

function tail({ gradient }: ProgramOptions): string {
  if (gradient === null) {
    return 'print("|dL/dWh| =", Wh.grad.norm().item())';
  }
  return [
    `expected = ${tensorSource(gradient, ['H', 'H'])}  # dL/dWh on the page`,
    'error = ((Wh.grad - expected).abs().max() / expected.abs().max().clamp_min(1e-300)).item()',
    'print("|dL/dWh| =", Wh.grad.norm().item(), " largest relative difference:", error)',
    'assert error < 1e-4',
  ].join('\n');
}
