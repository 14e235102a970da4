/**
 * The yardstick: BPTT of a tanh RNN as a careful person writes it in plain JavaScript, float32
 * typed arrays, no scaling, no displays. Kept apart from the engines on purpose.
 */
export interface PlainProblem {
  readonly T: number;
  readonly B: number;
  readonly I: number;
  readonly H: number;
  readonly O: number;
  readonly Wx: Float32Array;
  readonly Wh: Float32Array;
  readonly b: Float32Array;
  readonly Wy: Float32Array;
  readonly c: Float32Array;
  readonly x: Float32Array;
  readonly target: Float32Array;
}

export function plainBptt(p: PlainProblem) {
  const { T, B, I, H, O, Wx, Wh, b, Wy, c, x, target } = p;
  const h = new Float32Array((T + 1) * B * H);
  const dz = new Float32Array(T * B * O);
  const dWx = new Float32Array(H * I);
  const dWh = new Float32Array(H * H);
  const db = new Float32Array(H);
  const dWy = new Float32Array(O * H);
  const dc = new Float32Array(O);
  let loss = 0;
  for (let t = 0; t < T; t++) {
    for (let n = 0; n < B; n++) {
      const row = t * B + n;
      const before = row * H;
      const now = (row + B) * H;
      for (let i = 0; i < H; i++) {
        let a = b[i]!;
        for (let j = 0; j < I; j++) a += Wx[i * I + j]! * x[row * I + j]!;
        for (let j = 0; j < H; j++) a += Wh[i * H + j]! * h[before + j]!;
        h[now + i] = Math.tanh(a);
      }
      for (let o = 0; o < O; o++) {
        let z = c[o]!;
        for (let j = 0; j < H; j++) z += Wy[o * H + j]! * h[now + j]!;
        const difference = z - target[row * O + o]!;
        loss += (difference * difference) / (B * O);
        dz[row * O + o] = (2 * difference) / (B * O);
      }
    }
  }
  const carried = new Float32Array(B * H);
  const delta = new Float32Array(H);
  for (let t = T - 1; t >= 0; t--) {
    for (let n = 0; n < B; n++) {
      const row = t * B + n;
      const before = row * H;
      const now = (row + B) * H;
      for (let o = 0; o < O; o++) {
        const g = dz[row * O + o]!;
        dc[o]! += g;
        for (let j = 0; j < H; j++) {
          dWy[o * H + j]! += g * h[now + j]!;
          carried[n * H + j]! += g * Wy[o * H + j]!;
        }
      }
      for (let i = 0; i < H; i++) {
        delta[i] = carried[n * H + i]! * (1 - h[now + i]! * h[now + i]!);
        carried[n * H + i] = 0;
      }
      for (let i = 0; i < H; i++) {
        const d = delta[i]!;
        db[i]! += d;
        for (let j = 0; j < I; j++) dWx[i * I + j]! += d * x[row * I + j]!;
        for (let j = 0; j < H; j++) {
          dWh[i * H + j]! += d * h[before + j]!;
          carried[n * H + j]! += d * Wh[i * H + j]!;
        }
      }
    }
  }
  return { loss, dWx, dWh, db, dWy, dc };
}
