import { BpttError } from '../../model/errors';
import { MOST_IN_FLIGHT, type Span } from './executor';

/** One step of a piece of work, in the order of its own. */
export type PieceStep =
  | { readonly kind: 'copy'; readonly encode: (encoder: GPUCommandEncoder) => void }
  | { readonly kind: 'dispatch'; readonly encode: (pass: GPUComputePassEncoder) => void };

/** Work of one owner that is submitted together, and what it brings back. */
export interface Piece {
  readonly owner: object;
  /** Uploads the steps need; made right before they are submitted, after all earlier pieces. */
  readonly write: () => void;
  readonly steps: readonly PieceStep[];
  readonly spans: readonly Span[];
}

export interface Sent {
  readonly bytes: Promise<ArrayBuffer[]>;
  /** What the GPU found wrong with it, or null; rejects with its device */
  readonly refused: Promise<GPUError | null>;
  /** performance.now() of the submit; null while it waits */
  submitted: number | null;
}

interface Waiting {
  readonly piece: Piece;
  readonly sent: Sent;
  readonly resolve: (work: {
    readonly bytes: Promise<ArrayBuffer[]>;
    readonly refused: Promise<GPUError | null>;
  }) => void;
  readonly reject: (error: unknown) => void;
}

interface SharedExecutor {
  readonly device: GPUDevice;
  read(spans: readonly Span[], encoder: GPUCommandEncoder): Promise<ArrayBuffer[]>;
}

/**
 * Several trainings as one batch: a submit holds a piece of each that is under way, dispatch by
 * dispatch in turn, and comes back with one readback. Dispatches of different owners share no buffer,
 * so that no barrier stands between them and a GPU that one small network leaves idle runs them side
 * by side. Each owner's own order, and so its every number, is as if it were alone.
 */
export class SharedSubmits {
  readonly #owners = new Set<object>();
  #waiting: Waiting[] = [];
  #inFlight = 0;

  constructor(private readonly executor: SharedExecutor) {}

  /** From here on submits wait for a piece of this owner, too, while others are in flight. */
  join(owner: object): void {
    this.#owners.add(owner);
  }

  leave(owner: object): void {
    this.#owners.delete(owner);
    this.#consider();
  }

  /** Gives up what of this owner has not been submitted: its buffers are about to go. */
  drop(owner: object): void {
    const dropped = this.#waiting.filter(({ piece }) => piece.owner === owner);
    this.#waiting = this.#waiting.filter((waiting) => !dropped.includes(waiting));
    for (const { reject } of dropped) reject(new BpttError('aborted', '', 'Disposed.'));
    this.leave(owner);
  }

  submit(piece: Piece): Sent {
    let resolve: Waiting['resolve'] = () => undefined;
    let reject: Waiting['reject'] = () => undefined;
    const work = new Promise<Parameters<Waiting['resolve']>[0]>((onWork, onError) => {
      resolve = onWork;
      reject = onError;
    });
    const sent: Sent = {
      bytes: work.then(({ bytes }) => bytes),
      refused: work.then(({ refused }) => refused),
      submitted: null,
    };
    // Who waits for them is told; a piece behind one that failed is waited for by nobody.
    sent.bytes.catch(() => undefined);
    sent.refused.catch(() => undefined);
    this.#waiting.push({ piece, sent, resolve, reject });
    this.#consider();
    return sent;
  }

  #consider(): void {
    while (this.#inFlight < MOST_IN_FLIGHT) {
      const heads = this.#heads();
      if (heads.length === 0) return;
      const present = new Set(heads.map(({ piece }) => piece.owner));
      const isComplete = [...this.#owners].every((owner) => present.has(owner));
      // The others come as soon as what is in flight is back.
      if (!isComplete && this.#inFlight > 0) return;
      this.#send(heads);
    }
  }

  /** The oldest waiting piece of each owner. */
  #heads(): Waiting[] {
    const heads = new Map<object, Waiting>();
    for (const waiting of this.#waiting) {
      const { owner } = waiting.piece;
      if (!heads.has(owner)) heads.set(owner, waiting);
    }
    return [...heads.values()];
  }

  #send(heads: readonly Waiting[]): void {
    this.#waiting = this.#waiting.filter((waiting) => !heads.includes(waiting));
    const { device } = this.executor;
    device.pushErrorScope('validation');
    const group = heads.filter(isUploaded);
    const encoder = device.createCommandEncoder({ label: 'training' });
    encodeInTurn(
      encoder,
      group.map(({ piece }) => piece.steps),
    );
    const spans = group.flatMap(({ piece }) => piece.spans);
    const bytes = this.executor.read(spans, encoder);
    const refused = device.popErrorScope();
    refused.catch(() => undefined);
    this.#inFlight++;
    const submitted = performance.now();
    let from = 0;
    for (const { piece, sent, resolve } of group) {
      const [start, end] = [from, (from += piece.spans.length)];
      sent.submitted = submitted;
      resolve({ bytes: bytes.then((all) => all.slice(start, end)), refused });
    }
    const done = () => {
      this.#inFlight--;
      // Owners answer a readback at once; what still waits then goes on without the others.
      setTimeout(() => this.#consider());
    };
    bytes.then(done, done);
  }
}

/** Makes the uploads of a piece; one that cannot be made (data that a task refuses) fails it alone. */
function isUploaded({ piece, reject }: Waiting): boolean {
  try {
    piece.write();
    return true;
  } catch (error) {
    reject(error);
    return false;
  }
}

/** One dispatch of each in turn; copies end the pass, so those of all go first. */
function encodeInTurn(encoder: GPUCommandEncoder, lists: readonly (readonly PieceStep[])[]): void {
  const rests = lists.map((steps) => [...steps].reverse());
  let pass: GPUComputePassEncoder | null = null;
  while (rests.some((rest) => rest.length > 0)) {
    const copying = rests.filter((rest) => rest.at(-1)?.kind === 'copy');
    if (copying.length > 0) {
      pass?.end();
      pass = null;
    }
    for (const rest of copying.length > 0 ? copying : rests) {
      const step = rest.pop();
      if (step?.kind === 'copy') step.encode(encoder);
      else if (step !== undefined) {
        pass ??= encoder.beginComputePass({ label: 'training' });
        step.encode(pass);
      }
    }
  }
  pass?.end();
}
