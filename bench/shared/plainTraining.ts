import { plainBptt, type PlainProblem } from './plainTypedArrays';

/**
 * The yardstick of training: plainBptt, clipping by norm and Adam as a careful person writes them in
 * plain JavaScript, float32 typed arrays. Kept apart from the engines on purpose.
 */
export function plainTraining(
  problem: PlainProblem,
  { lr, clipNorm }: { readonly lr: number; readonly clipNorm: number },
) {
  const weights = {
    Wh: problem.Wh.slice(),
    Wx: problem.Wx.slice(),
    b: problem.b.slice(),
    Wy: problem.Wy.slice(),
    c: problem.c.slice(),
  };
  const names = ['Wh', 'Wx', 'b', 'Wy', 'c'] as const;
  const zeros = () => names.map((name) => new Float32Array(weights[name].length));
  const [mean, square] = [zeros(), zeros()];
  const [beta1, beta2, eps] = [0.9, 0.999, 1e-8];
  let t = 0;
  /** One update; gives the loss before it. */
  return (): number => {
    const gradients = plainBptt({ ...problem, ...weights });
    let squares = 0;
    for (const name of names) {
      const g = gradients[`d${name}`];
      for (let i = 0; i < g.length; i++) squares += g[i]! * g[i]!;
    }
    const norm = Math.sqrt(squares);
    const scale = norm > clipNorm ? clipNorm / norm : 1;
    t++;
    const stepSize = lr / (1 - beta1 ** t);
    const correction = Math.sqrt(1 - beta2 ** t);
    names.forEach((name, k) => {
      const [theta, g, m, v] = [weights[name], gradients[`d${name}`], mean[k]!, square[k]!];
      for (let i = 0; i < theta.length; i++) {
        const d = g[i]! * scale;
        m[i] = beta1 * m[i]! + (1 - beta1) * d;
        v[i] = beta2 * v[i]! + (1 - beta2) * d * d;
        theta[i]! -= (stepSize * m[i]!) / (Math.sqrt(v[i]!) / correction + eps);
      }
    });
    return gradients.loss;
  };
}
