import { useEffect, useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { useText } from '../app/context';
import { formatLog2 } from '../charts/format';
import { packRgba, sequential } from '../theme/colors';
import { useTheme } from '../theme/useTheme';
import { lagPixels } from './lagPixels';
import styles from './lab.module.css';

/** Loss at step s, state of step k ≤ s, both 1-based */
export interface LagCell {
  readonly s: number;
  readonly k: number;
}

interface LagTriangleProps {
  readonly log2Norm: Float64Array;
  readonly T: number;
  readonly cell: LagCell;
  readonly onCell: (cell: LagCell) => void;
}

const MOST_PIXELS = 512;

/** Rows are losses, columns the steps they reach; exact zeros leave the hatching bare. */
export function LagTriangle({ log2Norm, T, cell, onCell }: LagTriangleProps): ReactNode {
  const text = useText();
  const theme = useTheme();
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const [low, high] = rangeOf(log2Norm);

  useEffect(() => {
    const context = canvasRef.current?.getContext('2d');
    if (!context) return;
    const size = Math.min(T, MOST_PIXELS);
    const pixels = lagPixels(log2Norm, T, size);
    context.canvas.width = context.canvas.height = size;
    const image = new ImageData(size, size);
    const words = new Uint32Array(image.data.buffer);
    pixels.forEach((v, i) => {
      if (!Number.isFinite(v)) return;
      words[i] = packRgba(sequential((v - low) / Math.max(1e-9, high - low), theme));
    });
    context.putImageData(image, 0, 0);
  }, [log2Norm, T, low, high, theme]);

  const onPointer = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = (part: number) => Math.min(T, Math.max(1, 1 + Math.floor(part * T)));
    const s = at((event.clientY - box.top) / box.height);
    onCell({ s, k: Math.min(s, at((event.clientX - box.left) / box.width)) });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLCanvasElement>) => {
    const moved = movedCell(cell, event.key, event.shiftKey ? 10 : 1, T);
    if (moved === null) return;
    event.preventDefault();
    event.stopPropagation();
    onCell(moved);
  };
  return (
    <>
      <canvas
        ref={canvasRef}
        className={styles.map}
        role="application"
        tabIndex={0}
        aria-label={text('lag.mapLabel')}
        onPointerDown={onPointer}
        onPointerMove={onPointer}
        onKeyDown={onKeyDown}
      />
      <p className={styles.note}>
        {text('lag.legend', { low: formatLog2(low, 2), high: formatLog2(high, 2) })}
      </p>
    </>
  );
}

/** Arrow keys: up and down choose the loss, left and right the step it reaches; null for others. */
export function movedCell({ s, k }: LagCell, key: string, by: number, T: number): LagCell | null {
  switch (key) {
    case 'ArrowUp':
      return { s: Math.max(k, s - by), k };
    case 'ArrowDown':
      return { s: Math.min(T, s + by), k };
    case 'ArrowLeft':
      return { s, k: Math.max(1, k - by) };
    case 'ArrowRight':
      return { s, k: Math.min(s, k + by) };
    default:
      return null;
  }
}

function rangeOf(values: Float64Array): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const v of values) {
    if (!Number.isFinite(v)) continue;
    low = Math.min(low, v);
    high = Math.max(high, v);
  }
  return low <= high ? [low, high] : [0, 0];
}
