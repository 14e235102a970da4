import { useRef, useState, type PointerEvent, type RefObject } from 'react';
import type { Complex } from '../../analysis/complex';
import { nearestEigenvalue, type PlaneFrame, type PlaneScale } from '../charts/complexPlane';
import { useGesture } from '../controls/gesture';
import type { Hand } from './eigenvalueEditor';
import type { EigenvalueEditing } from './useEigenvalueEditor';

/** How near a pointer has to come, in pixels */
const CATCH = { mouse: 14, touch: 26 };
/** So near to the real axis, or to one another on it, eigenvalues are on it, in pixels. */
const SNAP = 4;
/** Pixels before a press becomes a drag */
const SLOP = 2;

interface Drag {
  readonly x: number;
  readonly y: number;
  readonly scale: PlaneScale;
  readonly hand: Hand;
  moved: boolean;
}

interface EigenvaluePointerOptions {
  readonly svg: RefObject<SVGSVGElement | null>;
  readonly frame: PlaneFrame;
  /** That of the eigenvalues as they are now */
  readonly scale: PlaneScale;
  readonly editing: EigenvalueEditing;
}

/** A pointer over a picture of the plane: it points at eigenvalues, and drags what it presses. */
export function useEigenvaluePointer({ svg, frame, scale, editing }: EigenvaluePointerOptions) {
  const gesture = useGesture();
  const drag = useRef<Drag | null>(null);
  /** The scale of a drag in progress: the plane must not move under the hand. */
  const [held, setHeld] = useState<PlaneScale | null>(null);

  /** In drawing units, and how many of them a pixel is */
  const pointOf = (event: PointerEvent) => {
    const box = svg.current!.getBoundingClientRect();
    const pixel = frame.size / box.width;
    const reach = event.pointerType === 'mouse' ? CATCH.mouse : CATCH.touch;
    return {
      x: (event.clientX - box.left) * pixel,
      y: (event.clientY - box.top) * pixel,
      pixel,
      reach: reach * pixel,
    };
  };

  const onPointerDown = (event: PointerEvent<Element>) => {
    const { x, y, reach } = pointOf(event);
    const at = nearestEigenvalue(editing.eigenvalues, scale, x, y, reach);
    editing.point(at);
    if (event.button !== 0 || at === null) return;
    const find = (eigenvalues: readonly Complex[], handles: readonly number[]) => {
      const among = handles.map((i) => eigenvalues[i]!);
      const nearest = nearestEigenvalue(among, scale, x, y, reach);
      return nearest === null ? null : handles[nearest]!;
    };
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x, y, scale, hand: editing.take(find), moved: false };
    setHeld(scale);
  };
  const onPointerMove = (event: PointerEvent<Element>) => {
    const { x, y, pixel, reach } = pointOf(event);
    const now = drag.current;
    if (now === null) {
      editing.point(nearestEigenvalue(editing.eigenvalues, scale, x, y, reach));
      return;
    }
    if (!now.moved && Math.hypot(x - now.x, y - now.y) < SLOP * pixel) return;
    now.moved = true;
    const { unit } = now.scale;
    const by: Complex = [(x - now.x) / unit, (now.y - y) / unit];
    const tolerance = (SNAP * pixel) / unit;
    now.hand.pass(by, tolerance);
    gesture.soon(() => now.hand.pull(by, tolerance, gesture.current()));
  };
  const end = () => {
    gesture.end();
    drag.current = null;
    setHeld(null);
  };
  return {
    isHolding: held !== null,
    /** To draw with */
    scale: held ?? scale,
    handlers: { onPointerDown, onPointerMove, onPointerUp: end, onPointerCancel: end },
  };
}
