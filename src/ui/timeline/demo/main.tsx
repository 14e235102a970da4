import { createRoot } from 'react-dom/client';
import { AppContext } from '../../app/context';
import { Timeline } from '../Timeline';
import { VerdictPill } from '../VerdictPill';
import { Inspector } from '../../inspector/Inspector';
import { createAppStore } from '../../../state/store';
import { createCpuEngine } from '../../../engine/cpu/engine';
import { buildProblem } from '../../../tasks/buildProblem';
import { DEFAULT_CONFIGURATION } from '../../../model/configuration';
import { shownSteps } from '../window';
import '../../theme/tokens.css';
import '../../theme/base.css';

const query = new URLSearchParams(location.search);
const partial = JSON.parse(query.get('c') ?? '{}');
const configuration = { ...DEFAULT_CONFIGURATION, ...partial, view: { ...DEFAULT_CONFIGURATION.view, ...partial.view } };
const store = createAppStore({ configuration, language: query.get('lang') ?? 'en', theme: query.get('theme') ?? 'light' } as any);
document.documentElement.dataset.theme = query.get('theme') ?? 'light';
document.documentElement.lang = query.get('lang') ?? 'en';
const engine = createCpuEngine();
let result: any = null;
const listeners = new Set<() => void>();
let id = 0, running = false, dirty = false, lastRun: any = null, lastKey = '', lastView: any = null, lastViewKey = '', problem: any = null;
async function refresh() {
  if (running) { dirty = true; return; }
  running = true;
  do {
    dirty = false;
    const c = store.getState().configuration;
    const { view, ...rest } = c;
    const key = JSON.stringify(rest);
    if (key !== lastKey) { lastRun?.dispose(); problem = buildProblem(c); lastRun = await engine.run(problem); lastKey = key; lastViewKey = ''; }
    const w = { ...shownSteps(view, c.T), columns: 512, rows: 64, batchEntry: view.batchEntry };
    const vk = JSON.stringify(w);
    if (vk !== lastViewKey) { lastView = await lastRun.view(w); lastViewKey = vk; }
    const step = await lastRun.inspect(Math.min(view.step, c.T), view.batchEntry);
    result = { id: ++id, configuration: c, problem, summary: lastRun.summary, view: lastView, step };
    listeners.forEach((l) => l());
  } while (dirty);
  running = false;
}
store.subscribe(() => void refresh());
void refresh();
(window as any).store = store;
const results = { get: () => result, isPending: () => false, error: () => null, subscribe: (l: () => void) => { listeners.add(l); return () => listeners.delete(l); } };
const services = { results, shareUrl: () => '', retryGpu: () => {} } as any;
const phone = innerWidth < 600;
createRoot(document.getElementById('root')!).render(
  <AppContext.Provider value={{ store, services }}>
    <div style={phone ? {} : { display: 'flex', flexDirection: 'column', height: '100vh' }}>
      <header style={{ height: 52, display: 'flex', alignItems: 'center', padding: '0 16px', background: 'var(--panel)', borderBottom: '1px solid var(--line)', flex: 'none' }}><VerdictPill /></header>
      <main style={phone ? { padding: 12 } : { display: 'grid', gridTemplateColumns: `${innerWidth > 1300 ? 292 : 240}px minmax(0,1fr) ${innerWidth > 1300 ? 336 : 300}px`, flex: 1, minHeight: 0 }}>
        {!phone && <aside style={{ background: 'var(--panel)' }} />}
        <div style={phone ? {} : { padding: '12px 16px', minHeight: 0, overflow: 'hidden' }}><Timeline /></div>
        <aside style={{ background: 'var(--panel)', padding: '14px 16px', overflow: 'auto' }}><Inspector /></aside>
      </main>
    </div>
  </AppContext.Provider>,
);
