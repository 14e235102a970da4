import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import { DENSE_LENGTH, qrPath, type QrDrawing } from '../../../src/ui/share/qrPath';

const BORDER = 4;
const ADDRESS = 'https://example.org/bptt/#c=';
const linkOf = (length: number) => ADDRESS.padEnd(length, 'aZ0-_9');

/** What the path paints, module by module; a module painted twice throws. */
function paint({ path, size }: QrDrawing): boolean[][] {
  const picture = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  const drawn = path.replace(
    /M(\d+) (\d+)h(\d+)v1h-(\d+)z/g,
    (_, x: string, y: string, right: string, left: string) => {
      if (right !== left || Number(right) < 1) throw new Error('An open or empty run');
      for (let i = 0; i < Number(right); i++) {
        const column = Number(x) + i;
        if (picture[Number(y)]![column] !== false) throw new Error('Painted twice or outside');
        picture[Number(y)]![column] = true;
      }
      return '';
    },
  );
  if (drawn !== '') throw new Error(`No run: ${drawn.slice(0, 40)}`);
  return picture;
}

function drawingOf(url: string): QrDrawing {
  const drawing = qrPath(url);
  if (drawing === null) throw new Error('No drawing');
  return drawing;
}

/** The 7×7 finder pattern: a ring, a gap and a 3×3 block. */
const finder = (y: number, x: number) => {
  const ring = Math.max(Math.abs(y - 3), Math.abs(x - 3));
  return ring !== 2;
};

describe('a link as a QR code', () => {
  it.each([1, 30, 120, DENSE_LENGTH, DENSE_LENGTH + 1, 1000, 2900])(
    'paints exactly the modules for %d characters',
    (length) => {
      const url = linkOf(length).slice(0, length);
      const ecc = length > DENSE_LENGTH ? 'L' : 'M';
      const drawing = drawingOf(url);
      const expected = encode(url, { ecc, border: BORDER });
      expect(drawing.size).toBe(expected.size);
      expect(paint(drawing)).toEqual(expected.data);
    },
  );

  it('has the quiet zone and the three finder patterns', () => {
    const drawing = drawingOf(linkOf(150));
    const picture = paint(drawing);
    const last = drawing.size - 1;
    for (let i = 0; i < drawing.size; i++) {
      for (let edge = 0; edge < BORDER; edge++) {
        expect([
          picture[edge]![i],
          picture[last - edge]![i],
          picture[i]![edge],
          picture[i]![last - edge],
        ]).toEqual([false, false, false, false]);
      }
    }
    const far = last - BORDER - 6;
    for (const [top, left] of [
      [BORDER, BORDER],
      [BORDER, far],
      [far, BORDER],
    ] as const) {
      for (let y = 0; y < 7; y++) {
        for (let x = 0; x < 7; x++) expect(picture[top + y]![left + x]).toBe(finder(y, x));
      }
    }
  });

  it('is a square that QR codes have', () => {
    for (const length of [40, 300, 301, 2900]) {
      const modules = drawingOf(linkOf(length)).size - 2 * BORDER;
      expect((modules - 17) % 4).toBe(0);
      expect(modules).toBeLessThanOrEqual(177);
    }
  });

  it('is another one for another link', () => {
    expect(drawingOf(`${ADDRESS}a`).path).not.toBe(drawingOf(`${ADDRESS}b`).path);
  });

  it('is none for a link that does not fit', () => {
    expect(qrPath(linkOf(2900))).not.toBeNull();
    expect(qrPath(linkOf(2901))).toBeNull();
    expect(qrPath(linkOf(100_000))).toBeNull();
  });

  it('counts bytes, not characters', () => {
    expect(qrPath('汉'.repeat(900))).not.toBeNull();
    // 4500 bytes in 1500 characters
    expect(qrPath('汉'.repeat(1500))).toBeNull();
    expect(qrPath('😀'.repeat(1000))).toBeNull();
  });
});
