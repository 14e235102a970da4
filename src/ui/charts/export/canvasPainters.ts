/** Paints the same picture on another canvas, `ratio` of its pixels to a CSS pixel. */
export type CanvasPainter = (target: HTMLCanvasElement, ratio: number) => void;

const painters = new WeakMap<HTMLCanvasElement, CanvasPainter>();

/** Whoever draws a canvas says how to draw it finer; without that an export takes its pixels. */
export function setCanvasPainter(canvas: HTMLCanvasElement, painter: CanvasPainter): void {
  painters.set(canvas, painter);
}

/** The canvas's picture as a data: address, at `ratio` pixels to a CSS pixel where it can be had. */
export function canvasPicture(canvas: HTMLCanvasElement, ratio: number): string {
  const painter = painters.get(canvas);
  if (painter === undefined) return canvas.toDataURL('image/png');
  const finer = document.createElement('canvas');
  painter(finer, ratio);
  return finer.toDataURL('image/png');
}
