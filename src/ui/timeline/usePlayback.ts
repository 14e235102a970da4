import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { useAppStore } from '../app/context';
import { useMediaQuery } from '../theme/useMediaQuery';
import { shownSteps } from './window';
import type { TimelineActions } from './actions';

export type Phase = 'idle' | 'forward' | 'backward';

export interface Playback {
  readonly phase: Phase;
  readonly running: boolean;
  /** No moving pictures: the same phases, one press each. */
  readonly stepwise: boolean;
  readonly toggle: () => void;
  /** Ends the sweep where it is; everything is shown again. */
  readonly stop: () => void;
}

/** Milliseconds of one direction at speed 1 */
const DURATION = 2500;
/** Milliseconds between two moves of the playhead, for the graph and the inspector */
const FOLLOW = 100;

/** How much of the forward and of the backward tracks is still hidden, for the veils' CSS. */
function veil(root: HTMLElement, phase: Phase, progress: number): void {
  const forward = phase === 'forward' ? 1 - progress : 0;
  const backward = phase === 'idle' ? 0 : phase === 'forward' ? 1 : 1 - progress;
  const sweep = phase === 'backward' ? 1 - progress : progress;
  root.style.setProperty('--forward-hidden', String(forward));
  root.style.setProperty('--backward-hidden', String(backward));
  root.style.setProperty('--sweep', String(sweep));
}

/**
 * The sweep: forward from left to right, uncovering the state, then backward from right to left,
 * uncovering the error. The veils follow every frame by CSS variables of `root`; the playhead
 * follows ten times a second and comes back to where it was.
 */
export function usePlayback(
  root: RefObject<HTMLElement | null>,
  actions: TimelineActions,
  speed: number,
): Playback {
  const store = useAppStore();
  const [{ phase, running }, setState] = useState({ phase: 'idle' as Phase, running: false });
  const stepwise = useMediaQuery('(prefers-reduced-motion: reduce)');
  const progress = useRef(0);
  const home = useRef(1);

  useEffect(() => {
    if (root.current !== null)
      veil(root.current, phase, stepwise && phase === 'forward' ? 1 : progress.current);
    if (!running || stepwise || phase === 'idle') return;
    let before = performance.now();
    let followed = 0;
    let frame = requestAnimationFrame(function advance(now) {
      progress.current = Math.min(1, progress.current + ((now - before) * speed) / DURATION);
      before = now;
      if (root.current !== null) veil(root.current, phase, progress.current);
      const { view, T } = store.getState().configuration;
      if (now - followed >= FOLLOW) {
        followed = now;
        const { from, to } = shownSteps(view, T);
        const along = phase === 'forward' ? progress.current : 1 - progress.current;
        actions.select(Math.min(to, from + Math.floor(along * (to - from + 1))));
      }
      if (progress.current < 1) {
        frame = requestAnimationFrame(advance);
        return;
      }
      progress.current = 0;
      if (phase === 'backward') actions.select(home.current);
      setState(
        phase === 'forward'
          ? { phase: 'backward', running: true }
          : { phase: 'idle', running: false },
      );
    });
    return () => cancelAnimationFrame(frame);
  }, [root, store, actions, phase, running, speed, stepwise]);

  const toggle = useCallback(() => {
    if (phase === 'idle') {
      home.current = store.getState().configuration.view.step;
      progress.current = 0;
      setState({ phase: 'forward', running: true });
    } else if (stepwise) {
      setState({ phase: 'idle', running: false });
    } else {
      setState({ phase, running: !running });
    }
  }, [phase, running, stepwise, store]);

  const stop = useCallback(() => {
    progress.current = 0;
    setState((now) => (now.phase === 'idle' ? now : { phase: 'idle', running: false }));
  }, []);

  return { phase, running, stepwise, toggle, stop };
}
