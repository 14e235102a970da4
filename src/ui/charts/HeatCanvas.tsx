import { useLayoutEffect, useMemo, useRef, type ReactNode } from 'react';
import type { HeatMap } from '../../engine/interface';
import { setCanvasPainter } from './export/canvasPainters';
import { diverging, sequential, type ResolvedTheme } from '../theme/colors';
import { useTheme } from '../theme/useTheme';
import {
  colourIndices,
  mergedRows,
  paint,
  palette,
  pixelColumns,
  type ColourScale,
  type Palette,
} from './heatMap';
import { plotSpan, type TimeScale } from './timeScale';
import styles from './charts.module.css';

const palettes = new Map<string, Palette>();

function paletteOf(kind: ColourScale['kind'], theme: ResolvedTheme): Palette {
  const key = `${kind} ${theme}`;
  let found = palettes.get(key);
  if (found === undefined) {
    found = palette((position) =>
      kind === 'diverging' ? diverging(2 * position - 1, theme) : sequential(position, theme),
    );
    palettes.set(key, found);
  }
  return found;
}

interface HeatCanvasProps {
  readonly map: HeatMap;
  /** The steps the map's columns cover */
  readonly data: { readonly from: number; readonly to: number };
  readonly scale: TimeScale;
  readonly height: number;
  /** Null: nothing but exact zeros */
  readonly colours: ColourScale | null;
  /** First step without values (overflow), or Infinity */
  readonly end: number;
  readonly label: string;
  /** Cells without colour show hatching: they are exact zeros. */
  readonly hatchZeros?: boolean;
}

/** A heat map on the shared time axis, exact to the device pixel at any zoom. */
export function HeatCanvas(props: HeatCanvasProps): ReactNode {
  const { map, data, scale, height, colours, end, label, hatchZeros = false } = props;
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const scratchRef = useRef<HTMLCanvasElement | null>(null);
  const theme = useTheme();
  const cells = useMemo(
    () => (colours === null ? null : colourIndices(map, colours)),
    [map, colours],
  );

  useLayoutEffect(() => {
    const canvas = canvasRef.current;
    if (canvas === null || scale.width === 0 || height === 0) return;
    const draw = (target: HTMLCanvasElement, ratio: number): void => {
      const pixels = Math.round(scale.width * ratio);
      const tall = Math.round(height * ratio);
      if (target.width !== pixels) target.width = pixels;
      if (target.height !== tall) target.height = tall;
      const context = target.getContext('2d');
      if (context === null) return;
      context.clearRect(0, 0, pixels, tall);
      if (cells === null || colours === null) return;

      const { kind } = colours;
      const columns = pixelColumns(scale, pixels, { ...data, columns: map.columns }, end);
      const { indices, rows } = mergedRows(cells, map.rows, map.columns, tall, kind);
      const image = new ImageData(pixels, rows);
      const words = new Uint32Array(image.data.buffer);
      paint(indices, rows, map.columns, columns, kind, paletteOf(kind, theme), words);
      const scratch = (scratchRef.current ??= document.createElement('canvas'));
      scratch.width = pixels;
      scratch.height = rows;
      scratch.getContext('2d')?.putImageData(image, 0, 0);
      context.imageSmoothingEnabled = false;
      context.drawImage(scratch, 0, 0, pixels, rows, 0, 0, pixels, tall);
    };
    draw(canvas, window.devicePixelRatio);
    setCanvasPainter(canvas, draw);
  }, [cells, colours, data, end, height, map, scale, theme]);

  const known = hatchZeros ? plotSpan(scale, data.from, Math.min(data.to, end - 1)) : null;
  return (
    <>
      {known !== null && <div className={styles.zeros} style={{ ...known, height }} />}
      <canvas
        ref={canvasRef}
        className={styles.canvas}
        style={{ width: `${scale.width}px`, height: `${height}px` }}
        role="img"
        aria-label={label}
      />
    </>
  );
}
