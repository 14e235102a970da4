// Temporary harness: the real page on the CPU engine in the main thread.
import { createRoot } from 'react-dom/client';
import { App } from '../app/App';
import { AppContext } from '../app/context';
import { createAppStore } from '../../state/store';
import { createCpuEngine } from '../../engine/cpu/engine';
import { buildProblem } from '../../tasks/buildProblem';
import { DEFAULT_CONFIGURATION } from '../../model/configuration';
import { encode } from '../../share/link';
import { compatibleOutputActivations } from '../../tasks/describeTask';
import { taskOf } from '../../tasks/registry';

const query = new URLSearchParams(location.search);
const partial = JSON.parse(query.get('c') ?? '{}');
const configuration = { ...DEFAULT_CONFIGURATION, ...partial, view: { ...DEFAULT_CONFIGURATION.view, ...partial.view } };
const knowledge = { shape: (t: any) => ({ I: taskOf(t).I, O: taskOf(t).O }), compatibleLosses: (t: any) => taskOf(t).losses,
  defaultsFor: (t: any) => ({ loss: taskOf(t).losses[0], outputActivation: compatibleOutputActivations(taskOf(t).losses[0])[0] }), longestT: (t: any) => taskOf(t).longestT };
const store = createAppStore({ configuration, language: query.get('lang') ?? 'en', theme: query.get('theme') ?? 'light' } as any, knowledge);
const engine = createCpuEngine();
store.getState().setEngine(query.get('engine') === 'cpu'
  ? { state: 'ready', kind: 'cpu', adapter: engine.adapter, fallback: { code: 'webgpu-unavailable', path: '', message: 'navigator.gpu is undefined.', details: {} } }
  : { state: 'ready', kind: 'webgpu', adapter: { name: 'NVIDIA GeForce RTX 4070', software: false }, fallback: null });
let result: any = null;
const listeners = new Set<() => void>();
let id = 0, running = false, dirty = false, lastRun: any = null, lastKey = '', problem: any = null;
async function refresh() {
  if (running) { dirty = true; return; }
  running = true;
  do {
    dirty = false;
    const c = store.getState().configuration;
    const { view, ...rest } = c;
    const key = JSON.stringify(rest);
    try {
      if (key !== lastKey) { lastRun?.dispose(); problem = buildProblem(c); lastRun = await engine.run(problem); lastKey = key; }
      const to = view.to === 0 ? c.T : view.to;
      const w = { from: view.from, to, columns: 1024, rows: 128, batchEntry: view.batchEntry };
      result = { id: ++id, configuration: c, problem, summary: lastRun.summary, view: await lastRun.view(w), step: await lastRun.inspect(Math.min(view.step, c.T), view.batchEntry) };
      listeners.forEach((l) => l());
    } catch (e) { console.error(e); }
  } while (dirty);
  running = false;
}
store.subscribe(() => void refresh());
void refresh();
(window as any).store = store;
const results = { get: () => result, isPending: () => false, error: () => null, subscribe: (l: () => void) => { listeners.add(l); return () => listeners.delete(l); } };
const services = { results, shareUrl: () => location.origin + '/#' + encode(store.getState().configuration), retryGpu: () => {} } as any;
createRoot(document.getElementById('root')!).render(
  <AppContext.Provider value={{ store, services }}><App /></AppContext.Provider>,
);
