import {
  useId,
  useLayoutEffect,
  useRef,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
} from 'react';
import { useText } from '../../app/context';
import { setCanvasPainter } from '../../charts/export/canvasPainters';
import { plainMath } from '../../charts/MathText';
import { useSize } from '../../charts/useSize';
import { packRgba, sequential } from '../../theme/colors';
import { useTheme } from '../../theme/useTheme';
import { cellAt, movedCell, type LagCell, type LagMap } from './lagCells';
import { LagCross, LagFrame, LagGround } from './LagOverlay';
import { lagPixels } from './lagPixels';
import styles from './lag.module.css';

/** Room for the axes, CSS pixels */
const LEFT = 40;
const BOTTOM = 22;
const RIGHT = 4;

export interface LagRange {
  /** log2 of the least and the greatest norm that is drawn */
  readonly low: number;
  readonly high: number;
}

interface LagTriangleProps {
  readonly map: LagMap;
  /** Null: nothing but exact zeros */
  readonly range: LagRange | null;
  readonly cell: LagCell;
  /** By the pointer or by keys; the cell shown at rest has no crosshair. */
  readonly isMoved: boolean;
  readonly pinned: LagCell | null;
  /** What the cell says, for screen readers */
  readonly reading: string;
  /** Null when the pointer has left */
  readonly onMove: (cell: LagCell | null) => void;
  readonly onPin: (cell: LagCell | null) => void;
}

/** Rows are losses, columns the steps they reach. */
export function LagTriangle(props: LagTriangleProps): ReactNode {
  const { map, range, cell, isMoved, pinned, reading, onMove, onPin } = props;
  const { T } = map;
  const text = useText();
  const id = useId();
  const boxRef = useRef<HTMLDivElement>(null);
  const plotRef = useRef<HTMLDivElement>(null);
  // A finger has left by the time of its click, and a click's own coordinates are rounded.
  const pointed = useRef<LagCell | null>(null);
  const { width } = useSize(boxRef);
  const size = Math.max(0, width - LEFT - RIGHT);

  const point = (event: PointerEvent) => {
    const box = plotRef.current!.getBoundingClientRect();
    pointed.current = cellAt(
      (event.clientX - box.left) / size,
      (event.clientY - box.top) / size,
      T,
    );
    onMove(pointed.current);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moved = movedCell(cell, event.key, event.shiftKey ? 10 : 1, T);
    if (moved !== null) onMove(moved);
    else if (event.key === 'Enter' || event.key === ' ') onPin(cell);
    else if (event.key === 'Escape' && pinned !== null) onPin(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={boxRef} className={styles.box} style={{ height: `${size + BOTTOM}px` }}>
      {size > 0 && (
        <>
          <LagFrame map={map} size={size} left={LEFT} bottom={BOTTOM} />
          <div
            ref={plotRef}
            className={styles.plot}
            style={{ left: `${LEFT}px`, width: `${size}px`, height: `${size}px` }}
            role="slider"
            tabIndex={0}
            aria-label={text('lag.mapLabel')}
            aria-valuemin={1}
            aria-valuemax={cell.s}
            aria-valuenow={cell.k}
            aria-valuetext={plainMath(reading)}
            onPointerDown={point}
            onPointerMove={point}
            onPointerLeave={() => onMove(null)}
            onBlur={() => onMove(null)}
            onClick={(event) => onPin(event.detail === 0 ? cell : (pointed.current ?? cell))}
            onKeyDown={onKeyDown}
          >
            <LagGround map={map} size={size} id={id} />
            <LagCanvas log2Norm={map.log2Norm} T={T} range={range} size={size} />
            <LagCross
              T={T}
              size={size}
              cuts={map.cuts}
              cell={cell}
              isMoved={isMoved}
              pinned={pinned}
            />
          </div>
        </>
      )}
    </div>
  );
}

/** The norms, exact to the device pixel; where there is none, the ground shows. */
function LagCanvas(props: {
  readonly log2Norm: Float64Array;
  readonly T: number;
  readonly range: LagRange | null;
  readonly size: number;
}): ReactNode {
  const { log2Norm, T, range, size } = props;
  const theme = useTheme();
  const ref = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const canvas = ref.current;
    if (canvas === null) return;
    const draw = (target: HTMLCanvasElement, ratio: number): void => {
      const pixels = Math.max(1, Math.round(size * ratio));
      target.width = target.height = pixels;
      const context = target.getContext('2d');
      if (context === null || range === null) return;
      const image = new ImageData(pixels, pixels);
      const words = new Uint32Array(image.data.buffer);
      const span = range.high - range.low;
      lagPixels(log2Norm, T, pixels).forEach((v, i) => {
        if (!Number.isFinite(v)) return;
        words[i] = packRgba(sequential(span > 0 ? (v - range.low) / span : 1, theme));
      });
      context.putImageData(image, 0, 0);
    };
    draw(canvas, window.devicePixelRatio);
    setCanvasPainter(canvas, draw);
  }, [log2Norm, T, range, size, theme]);
  return <canvas ref={ref} className={styles.canvas} aria-hidden="true" />;
}
