import { useCallback, useEffect, useLayoutEffect, useRef, type KeyboardEvent } from 'react';
import { useGesture } from './gesture';
import { keyedValue, positionOf, SLIDER_POSITIONS, valueAt, type NumberScale } from './numberScale';
import { formatNumber } from './parseNumber';
import styles from './ValueSlider.module.css';

interface ValueSliderProps {
  readonly label: string;
  readonly value: number;
  readonly scale: NumberScale;
  readonly onChange: (value: number, gesture?: string) => void;
  readonly disabled?: boolean;
}

/**
 * A slider over a linear or logarithmic scale; one drag carries one gesture id. The browser's own:
 * it is drawn with a fraction of what one made of elements takes.
 */
export function ValueSlider({ label, value, scale, onChange, disabled = false }: ValueSliderProps) {
  const gesture = useGesture();
  const input = useRef<HTMLInputElement>(null);
  /** Whether the thumb has been drawn on since the value that is shown */
  const isAhead = useRef(false);
  const position = String(positionOf(value, scale));
  const shown = useRef(position);

  // Not React's value, which would take the thumb back, or a render for every move, until the number
  // follows.
  useLayoutEffect(() => {
    shown.current = position;
    if (input.current !== null && !isAhead.current) input.current.value = position;
  });

  const release = useCallback(() => {
    gesture.end();
    // To the value's own place, also where the last move has not changed it.
    if (input.current !== null) input.current.value = shown.current;
  }, [gesture]);
  // React's onChange is the event of every move; this one comes when the thumb is let go, wherever.
  useEffect(() => {
    const slider = input.current;
    slider?.addEventListener('change', release);
    return () => slider?.removeEventListener('change', release);
  }, [release]);

  const draw = (next: number) => {
    isAhead.current = true;
    gesture.soon(() => {
      isAhead.current = false;
      onChange(valueAt(next, scale), gesture.current());
    });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const target = keyedValue(event.key, event.shiftKey, value, scale);
    if (target === null) return;
    event.preventDefault();
    if (target !== value) onChange(target, gesture.current());
  };

  return (
    <span className={styles.root}>
      <input
        ref={input}
        className={styles.slider}
        type="range"
        min={0}
        max={SLIDER_POSITIONS}
        disabled={disabled}
        aria-label={label}
        aria-valuetext={formatNumber(value)}
        onChange={(event) => draw(Number(event.currentTarget.value))}
        onKeyDown={onKeyDown}
        onPointerUp={release}
        onPointerCancel={release}
        onKeyUp={gesture.end}
        onBlur={release}
      />
    </span>
  );
}
