import { BpttError } from '../model/errors';
import type { Problem } from '../model/problem';
import type { RunSeries, SeriesRequest } from './client';
import type { Run } from './interface';

export interface RunContext {
  /** A pass on the engine in use, for what is read off its own numbers. */
  readonly run: (problem: Problem, signal: AbortSignal) => Promise<Run>;
  readonly signal: AbortSignal;
}

/** Reads from a pass of its own; once more, from another engine's, where the device is lost. */
export async function withRun<V>(
  problem: Problem,
  context: RunContext,
  read: (run: Run) => V | Promise<V>,
  isRepeated = false,
): Promise<V> {
  const run = await context.run(problem, context.signal);
  try {
    return await read(run);
  } catch (error) {
    const isLoss = error instanceof BpttError && error.code === 'device-lost';
    if (!isLoss || isRepeated) throw error;
  } finally {
    run.dispose();
  }
  return withRun(problem, context, read, true);
}

/** A whole run beside the page's own, of which only the series and y_t are kept. */
export function runSeries(
  problem: Problem,
  { columns, batchEntry }: SeriesRequest,
  context: RunContext,
): Promise<RunSeries> {
  return withRun(problem, context, async (run) => {
    if (problem.O > 1) return { summary: run.summary, outputs: null };
    const view = await run.view({ from: 1, to: problem.T, columns, rows: 1, batchEntry });
    return { summary: run.summary, outputs: view.outputs };
  });
}
