import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
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
  /** Where the thumb has been drawn to, until the value follows */
  const [drawnTo, setDrawnTo] = useState<number | null>(null);
  const position = drawnTo ?? positionOf(value, scale);

  // React's onChange is the event of every move; this one comes when the thumb is let go.
  useEffect(() => {
    const slider = input.current;
    slider?.addEventListener('change', gesture.end);
    return () => slider?.removeEventListener('change', gesture.end);
  }, [gesture]);

  const draw = (next: number) => {
    const isMade = gesture.soon(() => {
      setDrawnTo(null);
      onChange(valueAt(next, scale), gesture.current());
    });
    if (!isMade) setDrawnTo(next);
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
        value={position}
        disabled={disabled}
        aria-label={label}
        aria-valuetext={formatNumber(value)}
        onChange={(event) => draw(Number(event.currentTarget.value))}
        onKeyDown={onKeyDown}
        onKeyUp={gesture.end}
        onBlur={gesture.end}
      />
    </span>
  );
}
