import { BpttError, toErrorRecord } from '../../model/errors';
import type { Evaluation } from '../../model/evaluation';
import type { Problem } from '../../model/problem';
import type { TrainingResult } from '../../model/trainingResult';
import type { StepRequest, StretchPart } from '../client';
import { freshBatches } from '../../tasks/freshBatches';
import { analyze } from '../analyze';
import { crossCheck } from '../check/crossCheck';
import { createCpuEngine } from '../cpu/engine';
import { connect } from '../gpu/device';
import { GpuEngine } from '../gpu/engine';
import { shaderSources } from '../gpu/shaderSources';
import type { Run, TimeWindow } from '../interface';
import { runSeries } from '../ownRun';
import { Pacer } from '../shared/pacer';
import { surveyWindow } from '../surface';
import { createEngineHost, type EngineHost } from './host';
import type { WorkerMessage, WorkerRequest } from './protocol';

/** The part of DedicatedWorkerGlobalScope that is used; the page's lib.dom has no type for it. */
interface WorkerScope {
  postMessage(message: WorkerMessage, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<WorkerRequest>) => void) | null;
}
const scope = self as unknown as WorkerScope;

async function connectGpu() {
  const { device, adapter } = await connect(navigator.gpu);
  const engine = new GpuEngine({ device, adapter, sources: shaderSources });
  return { engine, lost: device.lost.then((info) => info.message) };
}

let host: EngineHost | null = null;
/** The last finished run, for `look` and `tensors`. */
let shown: { readonly run: Run; readonly problem: Problem } | null = null;
const cancellations = new Map<number, AbortController>();
const pauses = new Map<number, AbortController>();

/** Quiet for the first moments, then not more often than people can see. */
const QUIET = 200;
const BETWEEN_REPORTS = 100;

function progressReporter(id: number): (done: number) => void {
  let next = performance.now() + QUIET;
  return (done) => {
    const now = performance.now();
    if (now < next) return;
    next = now + BETWEEN_REPORTS;
    scope.postMessage({ type: 'progress', id, done });
  };
}

function finished() {
  if (shown !== null) return shown;
  throw new BpttError('invalid-request', '', 'There is no finished run to look at yet.');
}

async function picture(run: Run, window: TimeWindow, step: StepRequest) {
  const [view, detail] = await Promise.all([
    run.view(window),
    run.inspect(step.step, step.batchEntry),
  ]);
  return { view, step: detail };
}

async function answer(
  host: EngineHost,
  request: Extract<WorkerRequest, { type: 'call' }>,
  signal: AbortSignal,
): Promise<unknown> {
  switch (request.call) {
    case 'run': {
      const { problem, window, step } = request.args;
      const run = await host.run(problem, signal, { window, ...step });
      const drawn = run.picture ?? (await picture(run, window, step));
      shown?.run.dispose();
      shown = { run, problem };
      return { summary: run.summary, ...drawn };
    }
    case 'look':
      return picture(finished().run, request.args.window, request.args.step);
    case 'evaluate':
      return host.evaluate(request.args.problem, request.args.engine);
    case 'series': {
      const { problem, request: wanted } = request.args;
      return runSeries(problem, wanted, { run: (p, signal) => host.run(p, signal), signal });
    }
    case 'analyze':
      return analyze(request.args.problem, request.args.request, {
        run: (problem, signal) => host.run(problem, signal),
        signal,
        onProgress: progressReporter(request.id),
      });
    case 'train': {
      const { problem, request: wanted, engine } = request.args;
      return host.train(problem, wanted, engine, signal, progressReporter(request.id));
    }
    case 'stretch': {
      const { args, id } = request;
      const pause = new AbortController();
      pauses.set(id, pause);
      return host
        .stretch(args, {
          batches: args.fresh && freshBatches(args.fresh),
          pause: pause.signal,
          signal,
          onPart: (part) => scope.postMessage({ type: 'part', id, part }, partBuffers(part)),
        })
        .finally(() => pauses.delete(id));
    }
    case 'surface': {
      const { args, id } = request;
      return surveyWindow(args, {
        survey: () => host.survey(args.problem, args.plane, signal),
        signal,
        onPart: (part) => scope.postMessage({ type: 'part', id, part }),
        onProgress: progressReporter(id),
      });
    }
    case 'tensors': {
      const { run, problem } = finished();
      return { problem, engine: run.summary.engine, tensors: await run.tensors() };
    }
    case 'check': {
      const { problem, engine: kind, tensors } = request.args.shown;
      const report = progressReporter(request.id);
      const pacer = new Pacer(signal);
      return crossCheck(problem, { kind, tensors }, request.args.options, pacer, report);
    }
  }
}

/** Arrays that are fresh and may be large: handed over instead of copied. */
function transferables(value: Evaluation | TrainingResult): Transferable[] {
  const entriesOf = (of: object): unknown[] => Object.values(of);
  const weights = 'weights' in value ? entriesOf(value.weights) : [];
  return [...entriesOf(value), ...weights].flatMap((entry) =>
    entry instanceof Float64Array ? [entry.buffer as ArrayBuffer] : [],
  );
}

/** The columns of the records, which nobody here reads again. */
function partBuffers({ records }: StretchPart): Transferable[] {
  return records.flatMap((part) => {
    const { losses, log2GradientNorms, clipFactors } = part;
    const byName = [part.log2Gradients, part.log2Weights, part.log2Updates];
    const columns = byName.flatMap((columns): Float64Array[] => Object.values(columns));
    return [losses, log2GradientNorms, clipFactors, ...columns].map(
      (column) => column.buffer as ArrayBuffer,
    );
  });
}

async function onCall(request: Extract<WorkerRequest, { type: 'call' }>): Promise<void> {
  const controller = new AbortController();
  cancellations.set(request.id, controller);
  try {
    if (host === null) throw new BpttError('worker-failed', '', 'The engine was not started.');
    const value = await answer(host, request, controller.signal);
    scope.postMessage(
      { type: 'value', id: request.id, value },
      request.call === 'evaluate' || request.call === 'train'
        ? transferables(value as Evaluation | TrainingResult)
        : [],
    );
  } catch (error) {
    scope.postMessage({ type: 'error', id: request.id, error: toErrorRecord(error) });
  } finally {
    cancellations.delete(request.id);
  }
}

scope.onmessage = ({ data }) => {
  switch (data.type) {
    case 'start':
      host = createEngineHost({
        choice: data.choice,
        connectGpu,
        createCpu: createCpuEngine,
        onEngine: (engine, settled) => scope.postMessage({ type: 'engine', engine, settled }),
      });
      break;
    case 'call':
      void onCall(data);
      break;
    case 'cancel':
      cancellations.get(data.id)?.abort();
      break;
    case 'pause':
      pauses.get(data.id)?.abort();
      break;
    case 'retryGpu':
      host?.retryGpu();
      break;
  }
};
