import { useEffect, useRef, type PointerEvent, type ReactNode } from 'react';
import { useText } from '../app/context';
import { formatCount } from '../charts/format';
import { MathText } from '../charts/MathText';
import { centreOf, stepWidth, timeTicks } from '../charts/timeScale';
import { useSize } from '../charts/useSize';
import type { TimelineActions } from './actions';
import { useHover } from './hover';
import type { ShownSteps } from './window';
import styles from './TimeAxis.module.css';

/** Numbers of the shared axis; drag pans. A chip follows the crosshair. */
export function TimeAxis(props: {
  readonly shown: ShownSteps;
  readonly actions: TimelineActions;
}): ReactNode {
  const { shown, actions } = props;
  const { from, to } = shown;
  const text = useText();
  const ref = useRef<HTMLDivElement>(null);
  const chipRef = useRef<HTMLSpanElement>(null);
  const drag = useRef<{ x: number } | null>(null);
  const { width } = useSize(ref);
  const scale = { from, to, width };
  const hover = useHover();

  useEffect(
    () =>
      hover.subscribe((step) => {
        const chip = chipRef.current;
        if (chip === null) return;
        chip.hidden = step === null || step < from || step > to;
        if (step === null) return;
        chip.textContent = formatCount(step);
        const centre = centreOf({ from, to, width }, step);
        chip.style.transform = `translateX(${centre}px) translateX(-50%)`;
      }),
    [hover, from, to, width],
  );

  const onPointerMove = (event: PointerEvent): void => {
    if (drag.current === null) return;
    const steps = Math.trunc((drag.current.x - event.clientX) / stepWidth(scale));
    if (steps === 0) return;
    drag.current.x -= steps * stepWidth(scale);
    actions.pan(steps);
  };
  const release = (): void => {
    drag.current = null;
  };
  return (
    <div className={styles.axisRow} aria-hidden="true">
      <span />
      <div
        ref={ref}
        className={styles.axis}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag.current = { x: event.clientX };
        }}
        onPointerMove={onPointerMove}
        onPointerUp={release}
        onPointerCancel={release}
      >
        {width > 0 &&
          timeTicks(scale, 64).map((t) => (
            <span
              key={t}
              className={styles.axisTick}
              style={{ transform: `translateX(${centreOf(scale, t)}px)` }}
            >
              <span className={styles.axisNumber} data-end={endOf(centreOf(scale, t), width)}>
                {formatCount(t)}
              </span>
            </span>
          ))}
        <span ref={chipRef} className={styles.chip} hidden />
      </div>
      <span className={styles.figure}>
        <MathText text={text('track.timeT')} />
      </span>
    </div>
  );
}

/** Labels at the ends stay inside the plot. */
function endOf(x: number, width: number): 'left' | 'right' | undefined {
  if (x < 16) return 'left';
  if (x > width - 16) return 'right';
  return undefined;
}
