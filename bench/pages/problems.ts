import type { Problem } from '../../src/model/problem';
import type { PlainProblem } from './plainTypedArrays';

/** (T, H, B, I, O) of docs/performance.md */
const SIZES = {
  S: [64, 16, 1, 4, 2],
  M: [256, 64, 8, 16, 8],
  L: [512, 128, 16, 32, 16],
  X: [1024, 32, 1, 8, 4],
} as const;

export type SizeName = keyof typeof SIZES;

export function makeProblem(name: SizeName): PlainProblem {
  const [T, H, B, I, O] = SIZES[name];
  let state = 12345;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const reals = (count: number, scale: number) =>
    Float32Array.from({ length: count }, () => next() * scale);
  return {
    ...{ T, H, B, I, O },
    Wx: reals(H * I, 2 / Math.sqrt(I)),
    Wh: reals(H * H, 3 / Math.sqrt(H)),
    b: reals(H, 0.2),
    Wy: reals(O * H, 2 / Math.sqrt(H)),
    c: reals(O, 0.2),
    x: reals(T * B * I, 2),
    target: reals(T * B * O, 2),
  };
}

export function toProblem(p: PlainProblem): Problem {
  return {
    ...{ T: p.T, B: p.B, I: p.I, H: p.H, O: p.O },
    activation: 'tanh',
    outputActivation: 'identity',
    loss: 'mse',
    parameters: {
      inputWeights: p.Wx,
      recurrentWeights: p.Wh,
      hiddenBias: p.b,
      outputWeights: p.Wy,
      outputBias: p.c,
    },
    initialState: new Float32Array(p.B * p.H),
    inputs: p.x,
    targets: { kind: 'dense', values: p.target },
    lossWeights: new Float32Array(p.T).fill(1),
    cuts: [],
  };
}
