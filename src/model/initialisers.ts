import type { Initialiser, InitialiserKind } from './configuration';
import { orthonormaliseRows, spectralRadius } from './linearAlgebra';
import { rememberLast } from './memo';
import { gaussian, integerBelow, STREAMS, uniform } from './random';

/*
 * Generated weights. Everything is rounded to float32 here, before any engine sees it, so that two
 * machines that open the same link compute with the same numbers. Frozen by the link format v=1.
 */

/** Incoming connections per unit of the sparse initialiser (Martens 2010). */
const SPARSE_FAN_IN = 15;

function gaussianMatrix(H: number, seed: number): Float64Array {
  const scale = 1 / Math.sqrt(H);
  return Float64Array.from(
    { length: H * H },
    (_, i) => scale * gaussian(seed, STREAMS.recurrentWeights, i),
  );
}

function uniformMatrix(H: number, seed: number, bound: number): Float64Array {
  return Float64Array.from(
    { length: H * H },
    (_, i) => bound * (2 * uniform(seed, STREAMS.recurrentWeights, i) - 1),
  );
}

function orthogonalMatrix(H: number, seed: number): Float64Array {
  const matrix = gaussianMatrix(H, seed);
  orthonormaliseRows(matrix, H, H);
  return matrix;
}

function diagonalMatrix(H: number, entry: (i: number) => number): Float64Array {
  const matrix = new Float64Array(H * H);
  for (let i = 0; i < H; i++) matrix[i * H + i] = entry(i);
  return matrix;
}

function rotationMatrix(H: number, angle: number): Float64Array {
  const matrix = diagonalMatrix(H, () => 1);
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  for (let i = 0; i + 1 < H; i += 2) {
    matrix[i * H + i] = cosine;
    matrix[i * H + i + 1] = -sine;
    matrix[(i + 1) * H + i] = sine;
    matrix[(i + 1) * H + i + 1] = cosine;
  }
  return matrix;
}

/** `count` different columns of row i: the head of a Fisher–Yates shuffle of 0…H−1. */
function chooseColumns(H: number, count: number, seed: number, row: number): number[] {
  const columns = Array.from({ length: H }, (_, j) => j);
  for (let k = 0; k < count; k++) {
    const other = k + integerBelow(H - k, seed, STREAMS.sparsePattern, k, row);
    [columns[k], columns[other]] = [columns[other]!, columns[k]!];
  }
  return columns.slice(0, count);
}

function sparseMatrix(H: number, seed: number): Float64Array {
  const matrix = new Float64Array(H * H);
  const fanIn = Math.min(SPARSE_FAN_IN, H);
  for (let i = 0; i < H; i++) {
    chooseColumns(H, fanIn, seed, i).forEach((column, k) => {
      matrix[i * H + column] = gaussian(seed, STREAMS.recurrentWeights, i * fanIn + k);
    });
  }
  const radius = spectralRadius(matrix, H);
  return radius === 0 ? matrix : matrix.map((v) => v / radius);
}

function shiftMatrix(H: number): Float64Array {
  const matrix = new Float64Array(H * H);
  for (let i = 0; i < H; i++) matrix[i * H + ((i + H - 1) % H)] = 1;
  return matrix;
}

/** W_h before the gain, float64 [H,H]. */
const baseMatrix = rememberLast(
  6,
  (H: number, kind: InitialiserKind, angle: number, seed: number): Float64Array => {
    switch (kind) {
      case 'gaussian':
        return gaussianMatrix(H, seed);
      case 'uniform':
        return uniformMatrix(H, seed, Math.sqrt(3) / Math.sqrt(H));
      case 'xavier':
        return uniformMatrix(H, seed, Math.sqrt(6 / (H + H)));
      case 'orthogonal':
        return orthogonalMatrix(H, seed);
      case 'identity':
        return diagonalMatrix(H, () => 1);
      case 'diagonal':
        return diagonalMatrix(H, (i) => 2 * uniform(seed, STREAMS.recurrentWeights, i) - 1);
      case 'rotation':
        return rotationMatrix(H, angle);
      case 'smartTanh':
        return sparseMatrix(H, seed);
      case 'shift':
        return shiftMatrix(H);
      case 'zero':
        return new Float64Array(H * H);
    }
  },
);

/**
 * W_h [H,H] row-major, gain × base, rounded to float32; a new array, owned by the caller.
 *
 * - gaussian: N(0, gain²/H); ρ ≈ gain for large H (circular law, Girko 1985)
 * - uniform: U(±√3/√H)·gain, the same variance, ρ ≈ gain
 * - xavier: U(±√(6/(H+H)))·gain (Glorot & Bengio 2010). W_h is square, so this is the same
 *   distribution as `uniform`, and the same seed gives the same matrix up to rounding
 * - orthogonal: Haar distributed; the Q of a Gaussian matrix's QR decomposition with the signs
 *   that make R's diagonal positive (Mezzadri 2007). All singular values are gain
 * - identity: gain·I (IRNN, Le, Jaitly, Hinton 2015)
 * - diagonal: independent units, entries U[−1, 1)·gain: eigenvalues read off the diagonal
 * - rotation: 2×2 blocks [[cos θ, −sin θ], [sin θ, cos θ]]·gain, eigenvalues gain·e^(±iθ); an odd
 *   last unit has gain alone
 * - smartTanh: min(15, H) incoming N(0,1) connections per unit, scaled to ρ = gain (Sutskever,
 *   Martens, Dahl, Hinton 2013; gain = 1.1 is theirs)
 * - shift: h_i takes h_{i−1}, cyclic, times gain: eigenvalues gain × the H-th roots of unity
 * - zero: no recurrence
 */
export function generateRecurrentWeights(
  H: number,
  initialiser: Initialiser,
  gain: number,
  seed: number,
): Float32Array {
  const { kind, angle } = initialiser;
  const base = baseMatrix(H, kind, kind === 'rotation' ? angle : 0, seed);
  const weights = new Float32Array(H * H);
  for (let i = 0; i < weights.length; i++) weights[i] = gain * base[i]! + 0; // + 0: no negative zeros
  return weights;
}

function scaledGaussians(length: number, fanIn: number, seed: number, stream: number) {
  const scale = 1 / Math.sqrt(fanIn);
  return Float32Array.from({ length }, (_, i) => scale * gaussian(seed, stream, i));
}

/** W_x [H,I] ~ N(0, 1/I), rounded to float32. */
export function generateInputWeights(H: number, I: number, seed: number): Float32Array {
  return scaledGaussians(H * I, I, seed, STREAMS.inputWeights);
}

/** W_y [O,H] ~ N(0, 1/H), rounded to float32. */
export function generateOutputWeights(O: number, H: number, seed: number): Float32Array {
  return scaledGaussians(O * H, H, seed, STREAMS.outputWeights);
}
