/** A colour as every program understands it. */
export interface Paint {
  /** #rrggbb */
  readonly hex: string;
  /** 0…1 */
  readonly alpha: number;
}

export type ReadColour = (css: string) => Paint;

const BYTES = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/;

function hexOf(bytes: readonly number[]): string {
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** rgb() and rgba() as a browser computes them; null for the other notations. */
export function parseRgb(css: string): Paint | null {
  const match = BYTES.exec(css);
  if (match === null) return null;
  const [, red, green, blue, alpha = '1'] = match;
  return { hex: hexOf([Number(red), Number(green), Number(blue)]), alpha: Number(alpha) };
}

/** What has no simple notation (oklch, color-mix) is painted on a pixel and read back. */
export function createColourReader(): ReadColour {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const known = new Map<string, Paint>();
  return (css) => {
    const found = known.get(css) ?? parseRgb(css);
    if (found !== null) return found;
    if (context === null) throw new Error('This browser gives no 2d canvas.');
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = css;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
    const paint = { hex: hexOf([red, green, blue]), alpha: alpha / 255 };
    known.set(css, paint);
    return paint;
  };
}
