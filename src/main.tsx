import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createConsoleApi } from './console/api';
import { installConsoleApi } from './console/install';
import { connectMessageBridge } from './console/messageBridge';
import type {
  StretchOptions,
  StretchRequest,
  SurfaceOptions,
  SurfaceRequest,
} from './engine/client';
import { createWorkerClient } from './engine/worker/workerClient';
import type { TimeWindow } from './engine/interface';
import type { Configuration } from './model/configuration';
import type { EngineKind } from './model/evaluation';
import type { Problem } from './model/problem';
import { createAnalysisStore } from './state/analysisStore';
import { animationFrames } from './state/animationFrames';
import { connectPersistence, readBoot } from './state/persistence';
import { createPinStore } from './state/pinStore';
import { createResultStore } from './state/resultStore';
import { createSession } from './state/session';
import { createAppStore } from './state/store';
import { createArchive } from './state/training/archive';
import { createRunMeasurer } from './state/training/runMeasurer';
import { tabShelfOf } from './state/training/tabShelf';
import { tabVisibility } from './state/training/tabVisibility';
import { createTrainingStore } from './state/training/trainingStore';
import { taskKnowledge } from './state/taskKnowledge';
import { buildProblem } from './tasks/buildProblem';
import { App } from './ui/app/App';
import { AppContext } from './ui/app/context';

// The only place that wires everything; no module below knows more than its own part.
const boot = readBoot(window, taskKnowledge);
const store = createAppStore(boot, taskKnowledge);
const persistence = connectPersistence(store, window, boot, taskKnowledge);
const client = createWorkerClient(
  () => new Worker(new URL('./engine/worker/worker.ts', import.meta.url), { type: 'module' }),
  boot.engineChoice,
);
const results = createResultStore(animationFrames(window));
const session = createSession({ store, client, buildProblem, results });

const api = createConsoleApi({
  store,
  results,
  session,
  // Scripts want the engine that stays, not the one that draws the first picture.
  client: {
    ready: client.settled,
    evaluate: (problem, engine) => client.evaluate(problem, engine),
    analyze: (problem, request) => client.analyze(problem, request),
    train: (problem, request, engine, options) => client.train(problem, request, engine, options),
  },
  shareUrl: persistence.shareUrl,
});
installConsoleApi(window, api);
if (boot.embed) connectMessageBridge(window, api);

const visibility = tabVisibility(document);
const training = createTrainingStore({
  ...{ store, client, buildProblem, visibility },
  isPending: () => results.isPending(),
});
const shelf = boot.embed ? null : tabShelfOf(window);
if (shelf !== null) createArchive({ store, training, shelf, visibility });

const services = {
  results,
  analyses: createAnalysisStore(results, {
    analyze: (problem, request, { key, endsWithRun, ...call }) =>
      client.analyze(problem, request, endsWithRun ? { ...call, key } : call),
    check: (problem, options, call) => client.check(problem, options, call),
  }),
  pins: createPinStore({ store, results, client, buildProblem }),
  training,
  measurer: createRunMeasurer({ training, client, buildProblem }),
  evaluate: (problem: Problem, engine: EngineKind) => client.evaluate(problem, engine),
  surface: (request: SurfaceRequest, options?: SurfaceOptions) => client.surface(request, options),
  stretch: (request: StretchRequest, options: StretchOptions) => client.stretch(request, options),
  cancelRun: () => session.cancel(),
  runAgain: () => session.again(),
  view: (window: TimeWindow) => client.view(window),
  shareUrl: (configuration?: Configuration) => persistence.shareUrl(configuration),
  retryGpu: () => client.retryGpu(),
};
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <AppContext.Provider value={{ store, services }}>
      <App />
    </AppContext.Provider>
  </StrictMode>,
);
