import { useId, useRef, type KeyboardEvent } from 'react';
import type { Complex } from '../../analysis/complex';
import { sideOfUnitCircle } from '../../analysis/spectrum';
import { useText } from '../app/context';
import { useLasting } from '../app/useLasting';
import { planeScale, type PlaneFrame } from '../charts/complexPlane';
import { discsPath } from '../charts/sketchPaths';
import { plainMath } from '../charts/MathText';
import { useGesture } from '../controls/gesture';
import { formatNumber } from '../controls/parseNumber';
import buttons from '../theme/buttons.module.css';
import { eigenvalueCommand, nearestHandle } from './eigenvalueKeys';
import styles from './EigenvaluePlot.module.css';
import { EigenvalueReading } from './EigenvalueReading';
import { useEigenvalueEditor } from './useEigenvalueEditor';
import { useEigenvaluePointer } from './useEigenvaluePointer';
import type { WeightArray } from './weightArrays';

const FRAME: PlaneFrame = { size: 124, margin: 5, least: 1.25 };
const CENTRE = FRAME.size / 2;

/**
 * The eigenvalues of W_h in the complex plane, hollow where they lie outside the unit circle. One in
 * hand is dragged or moved by arrow keys; W_h follows.
 */
export function EigenvaluePlot({ array }: { readonly array: WeightArray }) {
  const text = useText();
  const gesture = useGesture();
  const svg = useRef<SVGSVGElement>(null);
  const keysId = useId();
  const editing = useEigenvalueEditor(array);
  const { eigenvalues, radius, pending, at } = editing;
  const isLate = useLasting(pending, 250);
  const { scale, isHolding, handlers } = useEigenvaluePointer({
    svg,
    frame: FRAME,
    scale: planeScale(FRAME, radius),
    editing,
  });
  const isOutside = (value: Complex) => sideOfUnitCircle(value) > 0;
  const outside = eigenvalues.filter(isOutside);
  const inside = eigenvalues.filter((value) => !isOutside(value));
  const discs = (values: readonly Complex[]) =>
    discsPath(
      values.map(([re, im]) => [scale.x(re), scale.y(im)] as const),
      eigenvalues.length > 100 ? 1.5 : 2.8,
    );
  const chosen = at === null ? undefined : eigenvalues[at];

  const onKeyDown = (event: KeyboardEvent) => {
    const command = eigenvalueCommand(event, eigenvalues, at);
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
            outside: outside.length,
            radius: formatNumber(Number(radius.toPrecision(3))),
          },
        )}`}
        aria-describedby={keysId}
        data-held={isHolding}
        onPointerEnter={editing.prepare}
        onFocus={() => {
          editing.prepare();
          if (at === null && eigenvalues.length > 0) editing.point(0);
        }}
        onBlur={() => editing.point(null)}
        {...handlers}
        onPointerLeave={(event) => {
          if (document.activeElement !== event.currentTarget) editing.point(null);
        }}
        onKeyDown={onKeyDown}
        onKeyUp={gesture.end}
      >
        <svg
          ref={svg}
          className={styles.eigen}
          viewBox={`0 0 ${FRAME.size} ${FRAME.size}`}
          aria-hidden="true"
          data-pending={isLate}
        >
          <path
            className={styles.axis}
            d={`M4 ${CENTRE}H${FRAME.size - 4}M${CENTRE} 4V${FRAME.size - 4}`}
          />
          <circle className={styles.circle} cx={CENTRE} cy={CENTRE} r={scale.unit} />
          <path className={styles.inside} d={discs(inside)} />
          <path className={styles.outside} d={discs(outside)} />
          {chosen !== undefined && (
            <circle
              className={styles.chosen}
              cx={scale.x(chosen[0])}
              cy={scale.y(chosen[1])}
              r="6.5"
            />
          )}
        </svg>
        <span id={keysId} className={buttons.spoken}>
          {text('eigen.keys')}
        </span>
      </div>
      <EigenvalueReading size={array.rows} editing={editing} />
    </>
  );
}
