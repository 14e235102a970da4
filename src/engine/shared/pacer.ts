import { throwIfAborted } from '../../model/errors';

/** Longest stretch of work without a look at the event loop, milliseconds. */
const STRETCH = 30;
/** Work (multiply-adds, about) after which the clock is read. */
const WORK_PER_CLOCK_READING = 100_000;

/**
 * Lets long work on a worker's thread be overtaken: the newer request's message can only arrive
 * while the event loop turns. Use: `if (pacer.spend(work)) await pacer.rest();`
 */
export class Pacer {
  private work = 0;
  private started = performance.now();

  constructor(private readonly signal: AbortSignal | undefined) {
    throwIfAborted(signal);
  }

  /** Notes that work was done; true when it is time to rest. */
  spend(work: number): boolean {
    this.work += work;
    if (this.work < WORK_PER_CLOCK_READING) return false;
    this.work = 0;
    return performance.now() - this.started > STRETCH;
  }

  /** One turn of the event loop. Rejects with BpttError 'aborted' when the signal fired. */
  async rest(): Promise<void> {
    await macrotask();
    throwIfAborted(this.signal);
    this.started = performance.now();
  }
}

/** A message to oneself: unlike setTimeout it is never clamped to 4 ms. */
function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
