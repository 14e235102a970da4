import { encode } from 'uqr';

/** Longer links make codes that are hard to scan from the back of a room. */
export const DENSE_LENGTH = 300;
/** A version 40 code holds 2953 bytes at the lowest error correction. */
const MOST_BYTES = 2900;

export interface QrDrawing {
  /** Modules along one side, with the quiet zone */
  readonly size: number;
  /** Black runs of modules, one subpath each */
  readonly path: string;
}

/** The link as a QR code; null where it is too long for one. */
export function qrPath(url: string): QrDrawing | null {
  if (new TextEncoder().encode(url).length > MOST_BYTES) return null;
  const { data, size } = encode(url, { ecc: url.length > DENSE_LENGTH ? 'L' : 'M', border: 4 });
  let path = '';
  data.forEach((row, y) => {
    for (let x = 0; x < size;) {
      let end = x;
      while (end < size && row[end] === true) end++;
      if (end > x) path += `M${x} ${y}h${end - x}v1h${x - end}z`;
      x = end + 1;
    }
  });
  return { size, path };
}
