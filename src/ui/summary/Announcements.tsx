import { useEffect, useState, type ReactNode } from 'react';
import type { StoreApi } from 'zustand';
import { translate } from '../../i18n';
import { whatStops } from '../../model/links';
import type { AppState } from '../../state/types';
import { useAppStore, useResult, type Translate } from '../app/context';
import buttons from '../theme/buttons.module.css';
import { useFlow } from '../timeline/useFlow';
import { Announcer, standingOf, standingText, StandingWatcher, type Clock } from './announcements';
import { changeNames } from './changes';

const CLOCK: Clock = {
  now: () => performance.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** What was said leaves the page after so many milliseconds: it was news. */
const KEPT = 10_000;

interface Voice {
  readonly watcher: StandingWatcher;
  /** Listens for undo and redo until the function given back is called. */
  readonly listen: () => () => void;
}

function createVoice(store: StoreApi<AppState>, say: (words: string) => void): Voice {
  const text: Translate = (key, params) => translate(store.getState().language, key, params);
  const announcer = new Announcer(CLOCK, say);
  return {
    watcher: new StandingWatcher(announcer, (now, before) => standingText(now, before, text)),
    listen() {
      const unsubscribe = store.subscribe(({ lastTravel }, before) => {
        if (lastTravel === null || lastTravel === before.lastTravel) return;
        const what = changeNames(lastTravel.from, lastTravel.to, text);
        if (what === null) return;
        const key = lastTravel.kind === 'undo' ? 'announce.undone' : 'announce.redone';
        announcer.announce('travel', text(key, { what }));
      });
      return () => {
        unsubscribe();
        announcer.dispose();
      };
    },
  };
}

/**
 * The one place that speaks up: when the gradient's fate is another one, and what an undo or redo
 * has changed. Everything else is there to be read.
 */
export function Announcements(): ReactNode {
  const store = useAppStore();
  const problem = useResult()?.problem ?? null;
  const { flow, isCurrent } = useFlow();
  const [said, setSaid] = useState({ words: '', count: 0 });
  const [voice] = useState(() =>
    createVoice(store, (words) => setSaid(({ count }) => ({ words, count: count + 1 }))),
  );
  useEffect(() => voice.listen(), [voice]);

  useEffect(() => {
    if (flow === null || problem === null || !isCurrent) return;
    voice.watcher.update(standingOf(flow, whatStops(problem, flow.lastCut ?? 1)));
  }, [voice, flow, problem, isCurrent]);

  useEffect(() => {
    if (said.words === '') return;
    const timer = setTimeout(() => setSaid(({ count }) => ({ words: '', count })), KEPT);
    return () => clearTimeout(timer);
  }, [said]);

  return (
    <p className={buttons.spoken} role="status" data-announcements>
      {/* The same words once more are news only if the text differs. */}
      {said.words !== '' && said.words + (said.count % 2 === 0 ? '' : '\u00a0')}
    </p>
  );
}
