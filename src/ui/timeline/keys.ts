import type { TimelineActions } from './actions';

interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

export interface KeyContext {
  readonly step: number;
  readonly T: number;
  readonly from: number;
  readonly to: number;
}

/** A playback the keys can drive. */
export interface KeyPlayback {
  readonly toggle: () => void;
  readonly stop: () => void;
}

/**
 * The keys of the focused timeline. True when the key was one of them, and the page must not
 * act on it.
 */
export function onTimelineKey(
  press: KeyPress,
  context: KeyContext,
  actions: TimelineActions,
  playback: KeyPlayback,
): boolean {
  if (press.ctrlKey || press.metaKey || press.altKey) return false;
  const { step, T, from, to } = context;
  const stride = press.shiftKey ? 10 : 1;
  const count = to - from + 1;
  const anchor = step < from || step > to ? 0.5 : (step - from + 0.5) / count;
  switch (press.key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      actions.move(-stride);
      return true;
    case 'ArrowRight':
    case 'ArrowUp':
      actions.move(stride);
      return true;
    case 'Home':
      actions.select(1);
      return true;
    case 'End':
      actions.select(T);
      return true;
    case 'PageUp':
      actions.pan(-Math.max(1, Math.round(count / 2)));
      return true;
    case 'PageDown':
      actions.pan(Math.max(1, Math.round(count / 2)));
      return true;
    case 'd':
    case 'D':
      actions.toggleCut(step);
      return true;
    case '+':
    case '=':
      actions.zoom(1.5, anchor);
      return true;
    case '-':
    case '_':
      actions.zoom(1 / 1.5, anchor);
      return true;
    case '0':
      actions.zoomAll();
      return true;
    case ' ':
      playback.toggle();
      return true;
    case 'Escape':
      playback.stop();
      return true;
    default:
      return false;
  }
}
