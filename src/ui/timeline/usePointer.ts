import { useRef, type PointerEvent } from 'react';
import type { TimeScale } from '../charts/timeScale';
import { useGesture } from '../controls/gesture';
import type { TimelineActions } from './actions';
import { hitAt, type Hit } from './hit';
import { fingersAt, pinched, type Fingers } from './pinch';

/** Height of the scissors' row in CSS pixels; the overlay's top. */
export const RAIL_HEIGHT = 24;

const LONG_PRESS = 500;
/** A press that moves less than this is a click. */
const SLACK = 5;

type Gesture =
  | { readonly kind: 'scrub' }
  | {
      readonly kind: 'cut';
      readonly step: number;
      readonly base: readonly number[];
    }
  | { readonly kind: 'boundary'; readonly step: number }
  | { readonly kind: 'touch' }
  | { readonly kind: 'pinch' };

interface Press {
  gesture: Gesture;
  startX: number;
  moved: boolean;
  at: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  fingers: Fingers;
  readonly points: Map<number, number>;
}

export interface PointerHandlers {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerCancel: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerLeave: () => void;
}

/**
 * Pointer on the shared axis: click or drag moves the playhead; on a cut, drag moves it and click
 * mends it; on a boundary, click cuts. Touch: tap selects, long press cuts, two fingers zoom and pan.
 */
export function usePointer(options: {
  readonly scale: TimeScale;
  readonly cuts: readonly number[];
  readonly actions: TimelineActions;
  readonly onHover: (hit: Hit | null) => void;
  readonly onStart: () => void;
}): PointerHandlers {
  const { scale, cuts, actions, onHover, onStart } = options;
  const pressRef = useRef<Press | null>(null);
  const drag = useGesture();

  const place = (event: PointerEvent<HTMLElement>): { x: number; hit: Hit } => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - box.left;
    const onRail = event.clientY - box.top < RAIL_HEIGHT;
    return { x, hit: hitAt(scale, cuts, x, onRail, event.pointerType === 'touch') };
  };

  const begin = (event: PointerEvent<HTMLElement>, x: number, hit: Hit): Gesture => {
    if (hit.kind === 'cut') {
      return { kind: 'cut', step: hit.step, base: cuts };
    }
    if (hit.kind === 'boundary') return hit;
    if (event.pointerType === 'touch') return { kind: 'touch' };
    actions.select(hitAt(scale, [], x, false, true).step);
    return { kind: 'scrub' };
  };

  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    onStart();
    event.currentTarget.setPointerCapture(event.pointerId);
    const { x, hit } = place(event);
    const running = pressRef.current;
    if (running !== null && event.pointerType === 'touch') {
      clearTimeout(running.timer);
      running.points.set(event.pointerId, x);
      running.gesture = { kind: 'pinch' };
      const [a = 0, b = 0] = [...running.points.values()];
      running.fingers = fingersAt(a, b);
      return;
    }
    const press: Press = {
      gesture: begin(event, x, hit),
      startX: x,
      moved: false,
      at: hit.step,
      timer: undefined,
      fingers: fingersAt(x, x),
      points: new Map([[event.pointerId, x]]),
    };
    pressRef.current = press;
    if (press.gesture.kind === 'touch') {
      press.timer = setTimeout(() => {
        if (pressRef.current !== press) return;
        actions.toggleCut(hitAt(scale, [], x, true).step);
        pressRef.current = null;
      }, LONG_PRESS);
    }
  };

  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const { x, hit } = place(event);
    const press = pressRef.current;
    if (press === null) {
      if (event.pointerType !== 'touch') onHover(hit);
      return;
    }
    if (!press.points.has(event.pointerId)) return;
    press.points.set(event.pointerId, x);
    if (Math.abs(x - press.startX) > SLACK) {
      press.moved = true;
      clearTimeout(press.timer);
    }
    const { gesture } = press;
    if (gesture.kind === 'pinch') {
      pinch(press, scale, actions);
      return;
    }
    const under = hitAt(scale, [], x, false, true).step;
    if (gesture.kind === 'scrub' || (gesture.kind === 'touch' && press.moved)) {
      actions.select(under);
      onHover({ kind: 'step', step: under });
    } else if (gesture.kind === 'cut' && press.moved) {
      const target = hitAt(scale, [], x, true).step;
      if (target !== press.at) {
        press.at = target;
        drag.soon(() => actions.moveCut(gesture.base, gesture.step, target, drag.current()));
      }
      onHover({ kind: 'cut', step: target });
    }
  };

  const onPointerUp = (event: PointerEvent<HTMLElement>): void => {
    const press = pressRef.current;
    if (press === null) return;
    press.points.delete(event.pointerId);
    if (press.points.size > 0) return;
    clearTimeout(press.timer);
    pressRef.current = null;
    drag.end();
    const { gesture } = press;
    if (press.moved) return;
    if (gesture.kind === 'cut' || gesture.kind === 'boundary') actions.toggleCut(gesture.step);
    else if (gesture.kind === 'touch')
      actions.select(hitAt(scale, [], press.startX, false, true).step);
  };

  const onPointerCancel = (): void => {
    clearTimeout(pressRef.current?.timer);
    pressRef.current = null;
    drag.end();
    onHover(null);
  };

  return {
    onPointerDown,
    onPointerMove,
    onPointerUp,
    onPointerCancel,
    onPointerLeave: () => {
      if (pressRef.current === null) onHover(null);
    },
  };
}

function pinch(press: Press, scale: TimeScale, actions: TimelineActions): void {
  const [a, b] = [...press.points.values()];
  if (a === undefined || b === undefined) return;
  const { pan, zoom, from } = pinched(press.fingers, fingersAt(a, b), scale);
  press.fingers = from;
  if (pan !== 0) actions.pan(pan);
  if (zoom !== 1) actions.zoom(zoom, (a + b) / 2 / scale.width);
}
