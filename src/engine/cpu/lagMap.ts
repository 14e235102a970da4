import { BpttError } from '../../model/errors';
import { clearBeyondWindow, linksOf } from '../../model/links';
import { timesPowerOfTwo, ZERO_EXPONENT } from '../../model/scaled';
import { multiplyBySlopes } from '../../reference/backward';
import { normaliseRow } from '../../reference/scaling';
import { LAG_MAP_MOST_STEPS } from '../interface';
import type { Pacer } from '../shared/pacer';
import { multiplyByPlainSlopes } from './activation';
import { scaleBy } from './backward';
import type { CpuPass } from './pass';
import { addProducts } from './product';
import { storeRow } from './rows';
import type { Float32Rows } from './tensors';

/** Losses whose errors go through one product together; their float64 sums stay in the cache. */
const LOSSES_PER_BLOCK = 16;

/**
 * [T·T], row s, column k: log2 ‖∂(w_s ℓ_s)/∂h_k‖_F over the batch. One sweep back in time carries the
 * error of every loss behind it side by side: e^{(s)}_s = W_yᵀ ∂L/∂z_s,
 * e^{(s)}_k = W_hᵀ (f′(a_{k+1}) ⊙ e^{(s)}_{k+1}). A cut ends all of them, a link's factor scales them.
 * Every row has its exponent.
 */
export async function lagMap(
  pass: CpuPass,
  pacer: Pacer,
  onProgress: (done: number) => void,
): Promise<Float64Array> {
  const { problem, lastStep } = pass;
  const { T, B, H } = problem;
  requireSize(T);
  const map = new Float64Array(T * T).fill(-Infinity);
  for (let s = lastStep; s < T; s++) map.fill(NaN, s * T, s * T + s + 1);
  const links = linksOf(problem);

  const sweep = new Sweep(pass);
  for (let t = lastStep; t >= 1; t--) {
    sweep.loadSlopes(t);
    for (let first = 0; first < sweep.losses.length; first += LOSSES_PER_BLOCK) {
      const last = Math.min(sweep.losses.length, first + LOSSES_PER_BLOCK);
      sweep.carry(first, last, t, t < lastStep ? links[t]! : 1, map);
      if (pacer.spend((last - first) * B * H * (H + 30))) {
        onProgress((1 - t / lastStep) ** 2);
        await pacer.rest();
      }
    }
    sweep.inject(t, map);
    if (pacer.spend(B * H * (problem.O + 30))) await pacer.rest();
    if (links[t - 1] === 0) sweep.losses.length = 0;
  }
  clearBeyondWindow(map, problem, lastStep);
  onProgress(1);
  return map;
}

function requireSize(T: number): void {
  if (T <= LAG_MAP_MOST_STEPS) return;
  throw new BpttError(
    'too-large',
    'T',
    `A lag map has T × T numbers; with T = ${T} that is too many. T up to ${LAG_MAP_MOST_STEPS} fits.`,
    { T, largestT: LAG_MAP_MOST_STEPS },
  );
}

/** The error signals of all losses after the present step. */
class Sweep {
  /** s (1-based) of each slot; slot q has rows q·B + n of `deltas` */
  readonly losses: number[] = [];
  private readonly deltas: Float32Rows;
  private readonly block: Float64Array;
  private readonly scratch: Float64Array;
  /** f′(a_t) [B,H]; a row whose slopes leave float64 is marked and multiplied in scaled form */
  private readonly slopes: Float64Array;
  private readonly isPlain: boolean[];
  private step = 0;
  /** ‖e_t‖² of each batch entry of the slot stored last, as squares[n] · 4^tops[n] */
  private readonly squares: Float64Array;
  private readonly tops: Int32Array;

  constructor(private readonly pass: CpuPass) {
    const { B, H, T } = pass.problem;
    this.deltas = {
      mantissas: new Float32Array(T * B * H),
      exponents: new Int32Array(T * B).fill(ZERO_EXPONENT),
      width: H,
    };
    this.block = new Float64Array(LOSSES_PER_BLOCK * B * H);
    this.scratch = new Float64Array(H);
    this.slopes = new Float64Array(B * H);
    this.isPlain = new Array<boolean>(B).fill(true);
    this.squares = new Float64Array(B);
    this.tops = new Int32Array(B);
  }

  loadSlopes(t: number): void {
    const { problem, tensors } = this.pass;
    const { B, H, activation } = problem;
    this.step = t;
    for (let n = 0; n < B; n++) {
      const row = this.slopes.subarray(n * H, (n + 1) * H).fill(1);
      const offset = ((t - 1) * B + n) * H;
      this.isPlain[n] = multiplyByPlainSlopes(
        activation,
        tensors.preActivations,
        offset,
        row,
        this.scratch,
      );
    }
  }

  /** Slots first…last: e_t = W_hᵀ δ_{t+1}, its norm, and δ_t in the place of δ_{t+1}. */
  carry(first: number, last: number, t: number, link: number, map: Float64Array): void {
    const { problem, weights } = this.pass;
    const { B, H } = problem;
    const count = (last - first) * B;
    const block = this.block.subarray(0, count * H).fill(0);
    const { mantissas } = this.deltas;
    addProducts(weights.recurrentWeightsTransposed, H, H, mantissas, first * B * H, count, block);
    scaleBy(link, block);
    for (let slot = first; slot < last; slot++) this.finish(block, slot - first, slot, t, map);
  }

  /** The loss at t itself: e_t = W_yᵀ ∂L/∂z_t in a slot of its own. */
  inject(t: number, map: Float64Array): void {
    const { problem, weights, tensors } = this.pass;
    const { B, H, O } = problem;
    const { mantissas, exponents } = tensors.logitGradients;
    const firstRow = (t - 1) * B;
    const slot = this.losses.length;
    let present = false;
    for (let n = 0; n < B; n++) {
      this.deltas.exponents[slot * B + n] = exponents[firstRow + n]!;
      present ||= exponents[firstRow + n] !== ZERO_EXPONENT;
    }
    if (!present) return;
    for (let n = 0; n < B; n++) {
      const row = this.block.subarray(0, H).fill(0);
      addProducts(weights.outputWeightsTransposed, H, O, mantissas, (firstRow + n) * O, 1, row);
      this.store(row, 0, slot, n);
    }
    this.losses.push(t);
    map[(t - 1) * problem.T + t - 1] = this.log2Norm();
  }

  private finish(
    block: Float64Array,
    place: number,
    slot: number,
    t: number,
    map: Float64Array,
  ): void {
    const { B, H, T } = this.pass.problem;
    for (let n = 0; n < B; n++) this.store(block, (place * B + n) * H, slot, n);
    map[(this.losses[slot]! - 1) * T + t - 1] = this.log2Norm();
  }

  /** values[offset …] · 2^(the row's exponent) is e_t of one batch entry; stores δ_t. */
  private store(values: Float64Array, offset: number, slot: number, n: number): void {
    const { problem, tensors } = this.pass;
    const { B, H, activation } = problem;
    const row = slot * B + n;
    const end = offset + H;
    const exponent = normaliseRow(values, offset, end, this.deltas.exponents[row]!);
    let square = 0;
    for (let i = offset; i < end; i++) square += values[i]! * values[i]!;
    this.squares[n] = square;
    this.tops[n] = exponent;
    let shift = 0;
    if (this.isPlain[n]!) {
      const s = n * H - offset;
      for (let i = offset; i < end; i++) values[i] = values[i]! * this.slopes[s + i]!;
    } else if (exponent !== ZERO_EXPONENT) {
      const source = ((this.step - 1) * B + n) * H;
      const part = values.subarray(offset, end);
      shift = multiplyBySlopes(activation, tensors.preActivations, source, part);
    }
    const total = exponent === ZERO_EXPONENT ? ZERO_EXPONENT : exponent + shift;
    storeRow(values, offset, total, this.deltas, row);
  }

  /** Of the batch entries stored last. */
  private log2Norm(): number {
    const top = this.tops.reduce((most, e) => Math.max(most, e), ZERO_EXPONENT);
    if (top === ZERO_EXPONENT) return -Infinity;
    let sum = 0;
    for (let n = 0; n < this.tops.length; n++) {
      sum += this.squares[n]! * timesPowerOfTwo(1, 2 * (this.tops[n]! - top));
    }
    return top + 0.5 * Math.log2(sum);
  }
}
