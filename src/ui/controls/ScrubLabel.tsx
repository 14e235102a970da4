import { useRef, type PointerEvent, type ReactNode } from 'react';
import { useGesture } from './gesture';
import { dragged, type NumberScale } from './numberScale';
import styles from './Field.module.css';

interface ScrubLabelProps {
  readonly htmlFor: string;
  readonly value: number;
  readonly scale: NumberScale;
  readonly onChange: (value: number, gesture?: string) => void;
  readonly children: ReactNode;
  readonly disabled?: boolean;
}

/** A number's visible label: dragging it sideways changes the number (Shift ×10, Alt ÷10). */
export function ScrubLabel(props: ScrubLabelProps) {
  const { htmlFor, value, scale, onChange, children, disabled = false } = props;
  const gesture = useGesture();
  const drag = useRef<{ x: number; value: number; moved: boolean } | null>(null);

  const onPointerMove = (event: PointerEvent<HTMLLabelElement>) => {
    const start = drag.current;
    if (start === null) return;
    const pixels = event.clientX - start.x;
    if (!start.moved && Math.abs(pixels) < 3) return;
    start.moved = true;
    const factor = event.shiftKey ? 10 : event.altKey ? 0.1 : 1;
    const next = dragged(start.value, pixels, factor, scale);
    gesture.soon(() => {
      if (next !== value) onChange(next, gesture.current());
    });
  };
  const end = () => {
    gesture.end();
  };

  return (
    <label
      htmlFor={htmlFor}
      className={`${styles.label} ${disabled ? '' : styles.scrub}`}
      onPointerDown={(event) => {
        if (disabled || event.button !== 0) return;
        drag.current = { x: event.clientX, value, moved: false };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={onPointerMove}
      onPointerUp={end}
      onPointerCancel={end}
      onLostPointerCapture={end}
      onClick={(event) => {
        // The click that ends a drag does not focus the field.
        if (drag.current?.moved === true) event.preventDefault();
        drag.current = null;
      }}
    >
      {children}
    </label>
  );
}
