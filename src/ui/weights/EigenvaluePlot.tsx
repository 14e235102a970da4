import { useId, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Complex } from '../../analysis/complex';
import { sideOfUnitCircle } from '../../analysis/spectrum';
import { useText } from '../app/context';
import { nearestEigenvalue, planeScale, type PlaneFrame } from '../charts/complexPlane';
import { plainMath } from '../charts/MathText';
import { useGesture } from '../controls/gesture';
import { formatNumber } from '../controls/parseNumber';
import type { Hand } from './eigenvalueEditor';
import { eigenvalueCommand, nearestHandle } from './eigenvalueKeys';
import styles from './EigenvaluePlot.module.css';
import { EigenvalueReading } from './EigenvalueReading';
import { useEigenvalueEditor } from './useEigenvalueEditor';
import type { WeightArray } from './weightArrays';

const FRAME: PlaneFrame = { size: 124, margin: 5, least: 1.25 };
const CENTRE = FRAME.size / 2;
/** How near a pointer has to come, in pixels */
const CATCH = { mouse: 14, touch: 26 };
/** So near to the real axis, or to one another on it, eigenvalues are on it, in pixels. */
const SNAP = 4;
/** Pixels before a press becomes a drag */
const SLOP = 2;

interface Drag {
  readonly x: number;
  readonly y: number;
  readonly hand: Hand;
  moved: boolean;
}

/**
 * The eigenvalues of W_h in the complex plane, hollow where they lie outside the unit circle. One in
 * hand is dragged or moved by arrow keys; W_h follows.
 */
export function EigenvaluePlot({ array }: { readonly array: WeightArray }) {
  const text = useText();
  const gesture = useGesture();
  const svg = useRef<SVGSVGElement>(null);
  const drag = useRef<Drag | null>(null);
  /** The scale of a drag in progress: the plane must not move under the hand. */
  const [held, setHeld] = useState<number | null>(null);
  const keysId = useId();
  const editing = useEigenvalueEditor(array, held !== null);
  const { eigenvalues, radius, pending, chosen } = editing;
  const scale = planeScale(FRAME, held ?? radius);
  const outside = eigenvalues.filter((value) => sideOfUnitCircle(value) > 0).length;

  /** A pointer in drawing units, which are pixels unless the page is zoomed by a transform. */
  const pointOf = (event: PointerEvent): readonly [number, number] => {
    const box = svg.current!.getBoundingClientRect();
    const unit = FRAME.size / box.width;
    return [(event.clientX - box.left) * unit, (event.clientY - box.top) * unit];
  };
  const reachOf = (event: PointerEvent) =>
    event.pointerType === 'mouse' ? CATCH.mouse : CATCH.touch;

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const [x, y] = pointOf(event);
    const reach = reachOf(event);
    const find = (list: readonly Complex[], handles: readonly number[]) => {
      const among = handles.map((i) => list[i]!);
      const nearest = nearestEigenvalue(among, scale, x, y, reach);
      return nearest === null ? null : handles[nearest]!;
    };
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x, y, hand: editing.take(find), moved: false };
    setHeld(radius);
    editing.point(nearestEigenvalue(eigenvalues, scale, x, y, reach));
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const [x, y] = pointOf(event);
    const now = drag.current;
    if (now === null) {
      editing.point(nearestEigenvalue(eigenvalues, scale, x, y, reachOf(event)));
      return;
    }
    const by: Complex = [(x - now.x) / scale.unit, (now.y - y) / scale.unit];
    if (!now.moved && Math.hypot(x - now.x, y - now.y) < SLOP) return;
    now.moved = true;
    now.hand.pull(by, SNAP / scale.unit, gesture.current());
  };
  const end = () => {
    drag.current = null;
    setHeld(null);
    gesture.end();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const command = eigenvalueCommand(event, eigenvalues, chosen);
    if (command === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (command.kind === 'choose') {
      editing.point(command.at);
      return;
    }
    const from = chosen ?? eigenvalues[0];
    if (from === undefined) return;
    const hand = editing.take((list, handles) => nearestHandle(list, handles, from));
    hand.pull(command.by, Math.hypot(...command.by) / 2, gesture.current());
  };

  const marked = chosen === null ? null : ([scale.x(chosen[0]), scale.y(chosen[1])] as const);
  return (
    <>
      <div
        className={styles.plot}
        role="application"
        tabIndex={0}
        aria-label={`${plainMath(text('weights.eigenvalues'))}: ${text(
          'weights.eigenvaluesSummary',
          {
            count: eigenvalues.length,
            outside,
            radius: formatNumber(Number(radius.toPrecision(3))),
          },
        )}`}
        aria-describedby={keysId}
        data-held={held !== null}
        onPointerEnter={editing.prepare}
        onFocus={editing.focus}
        onBlur={editing.leave}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={end}
        onPointerCancel={end}
        onPointerLeave={(event) => {
          if (document.activeElement !== event.currentTarget) editing.leave();
        }}
        onKeyDown={onKeyDown}
        onKeyUp={gesture.end}
      >
        <svg
          ref={svg}
          className={styles.eigen}
          viewBox={`0 0 ${FRAME.size} ${FRAME.size}`}
          aria-hidden="true"
          data-pending={pending}
        >
          <path
            className={styles.axis}
            d={`M4 ${CENTRE}H${FRAME.size - 4}M${CENTRE} 4V${FRAME.size - 4}`}
          />
          <circle className={styles.circle} cx={CENTRE} cy={CENTRE} r={scale.unit} />
          {eigenvalues.map((value, i) => (
            <circle
              key={i}
              className={sideOfUnitCircle(value) > 0 ? styles.outside : styles.inside}
              cx={scale.x(value[0])}
              cy={scale.y(value[1])}
              r={eigenvalues.length > 100 ? 1.5 : 2.8}
            />
          ))}
          {marked !== null && (
            <circle className={styles.chosen} cx={marked[0]} cy={marked[1]} r="6.5" />
          )}
        </svg>
        <span id={keysId} className={styles.hidden}>
          {text('eigen.keys')}
        </span>
      </div>
      <EigenvalueReading size={array.rows} editing={editing} />
    </>
  );
}
