import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plainWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import '@tensorflow/tfjs-backend-webgpu';
import type { PlainProblem } from '../shared/plainTypedArrays';

setWasmPaths({
  'tfjs-backend-wasm.wasm': plainWasm,
  'tfjs-backend-wasm-simd.wasm': simdWasm,
  'tfjs-backend-wasm-threaded-simd.wasm': threadedWasm,
});

export type TensorFlowBackend = 'webgpu' | 'wasm';

/**
 * The same training with TensorFlow.js as its users write it: the time loop unrolled, gradients by its
 * own differentiation, its own Adam. What can be one product over all steps is one: inputs and outputs.
 * Weights and moments stay in its backend; losses are read once per call.
 */
export async function tensorFlowTraining(
  backend: TensorFlowBackend,
  problem: PlainProblem,
  { lr, clipNorm }: { readonly lr: number; readonly clipNorm: number },
) {
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no ${backend} here`);
  const { T, B, I, H, O } = problem;
  const inputs = tf.tensor2d(problem.x, [T * B, I]);
  const targets = tf.tensor2d(problem.target, [T * B, O]);
  const initialState = tf.zeros<tf.Rank.R2>([B, H]);
  const matrix = (values: Float32Array, shape: [number, number]) =>
    tf.variable(tf.tensor2d(values, shape));
  const vector = (values: Float32Array) => tf.variable(tf.tensor1d(values));
  const Wx = matrix(problem.Wx, [H, I]);
  const Wh = matrix(problem.Wh, [H, H]);
  const b = vector(problem.b);
  const Wy = matrix(problem.Wy, [O, H]);
  const c = vector(problem.c);
  const weights = [Wx, Wh, b, Wy, c];
  const adam = tf.train.adam(lr, 0.9, 0.999, 1e-8);

  /** Σ_t of the squared error's mean over batch and outputs */
  const lossOf = (): tf.Scalar => {
    // Not tf.fused.matMul: with transposeB and a bias its result is wrong on wasm (4.22.0).
    const driven = tf.add<tf.Tensor2D>(tf.matMul(inputs, Wx, false, true), b);
    let h: tf.Tensor2D = initialState;
    const states = tf.split(driven, T).map((fromInput) => {
      h = tf.tanh(tf.add(tf.matMul(h, Wh, false, true), fromInput));
      return h;
    });
    const outputs = tf.add(tf.matMul(tf.concat(states), Wy, false, true), c);
    return tf.div(tf.sum(tf.squaredDifference(outputs, targets)), B * O);
  };

  const update = (): tf.Scalar =>
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(lossOf, weights);
      const squares = Object.values(grads).map((gradient) => tf.sum(tf.square(gradient)));
      const scale = tf.minimum(tf.div(clipNorm, tf.sqrt(tf.addN(squares))), 1);
      adam.applyGradients(
        Object.fromEntries(
          Object.entries(grads).map(([name, gradient]) => [name, tf.mul(gradient, scale)]),
        ),
      );
      return value;
    });

  return {
    async advance(updates: number): Promise<number[]> {
      await tf.setBackend(backend);
      const losses = Array.from({ length: updates }, update);
      const stacked = tf.stack(losses);
      const values = await stacked.data();
      tf.dispose([...losses, stacked]);
      return [...values];
    },
    dispose(): void {
      adam.dispose();
      tf.dispose([inputs, targets, initialState, ...weights]);
    },
  };
}
