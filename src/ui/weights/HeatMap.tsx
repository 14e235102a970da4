import { useEffect, useRef } from 'react';
import { diverging, packRgba, type ResolvedTheme } from '../theme/colors';
import { useTheme } from '../theme/useTheme';
import styles from './MatrixEditor.module.css';
import type { WeightArray } from './weightArrays';

const LEVELS = 512;

function palette(theme: ResolvedTheme): Uint32Array {
  return Uint32Array.from({ length: LEVELS + 1 }, (_, level) =>
    packRgba(diverging((2 * level) / LEVELS - 1, theme)),
  );
}
const PALETTES = { light: palette('light'), dark: palette('dark') };

export function largestMagnitude(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const magnitude = Math.abs(values[i]!);
    if (magnitude > largest) largest = magnitude;
  }
  return largest;
}

/** One canvas pixel an entry; the browser scales it. */
export function HeatMap({ array, largest }: { array: WeightArray; largest: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(array.columns, array.rows);
    const pixels = new Uint32Array(image.data.buffer);
    const colors = PALETTES[theme];
    const factor = largest > 0 ? LEVELS / 2 / largest : 0;
    for (let i = 0; i < pixels.length; i++) {
      pixels[i] = colors[Math.round(LEVELS / 2 + factor * array.values[i]!)]!;
    }
    context.putImageData(image, 0, 0);
  }, [array, largest, theme]);
  return (
    <canvas
      ref={canvas}
      className={styles.canvas}
      width={array.columns}
      height={array.rows}
      aria-hidden="true"
    />
  );
}
