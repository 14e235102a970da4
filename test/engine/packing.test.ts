import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupsOf, packBlocks, padRows, unpadRows } from '../../src/engine/gpu/packing';
import { packUniform, UNIFORM_STRUCTS } from '../../src/engine/gpu/structs';

const counted = (count: number) => Float64Array.from({ length: count }, (_, i) => i + 1);
const size = fc.integer({ min: 1, max: 13 });

/** block · v for a column-major 4 × 4 block, as WGSL multiplies. */
function multiply(blocks: Float32Array, rows: number, columns: number, v: ArrayLike<number>) {
  const [rowGroups, columnGroups] = [groupsOf(rows), groupsOf(columns)];
  const out = new Float64Array(rowGroups * 4);
  for (let cg = 0; cg < columnGroups; cg++) {
    for (let rg = 0; rg < rowGroups; rg++) {
      for (let c = 0; c < 4; c++) {
        for (let r = 0; r < 4; r++) {
          const entry = blocks[(cg * rowGroups + rg) * 16 + c * 4 + r]!;
          out[rg * 4 + r]! += entry * (v[cg * 4 + c] ?? 0);
        }
      }
    }
  }
  return out;
}

describe('packing', () => {
  it('groups of four', () => {
    expect([1, 3, 4, 5, 8, 9].map(groupsOf)).toEqual([1, 1, 1, 2, 2, 3]);
  });

  it('pads with zeros and takes them away again', () => {
    expect([...padRows([1, 2, 3, 4, 5, 6] as never, 2, 3)]).toEqual([1, 2, 3, 0, 4, 5, 6, 0]);
    fc.assert(
      fc.property(size, size, (rows, width) => {
        const values = counted(rows * width);
        const padded = padRows(values, rows, width);
        expect(padded.length).toBe(rows * groupsOf(width) * 4);
        expect(padded.reduce((sum, v) => sum + v, 0)).toBe(values.reduce((sum, v) => sum + v, 0));
        expect([...unpadRows(padded, rows, width)]).toEqual([...values]);
      }),
    );
  });

  it('never shares its memory with the source', () => {
    const source = Float32Array.of(1, 2, 3, 4);
    const padded = padRows(source, 1, 4);
    padded[0] = 9;
    expect(source[0]).toBe(1);
  });

  it('blocks multiply like the matrix, or like its transpose', () => {
    fc.assert(
      fc.property(size, size, fc.boolean(), (rows, columns, transposed) => {
        const matrix = counted(rows * columns);
        const [outs, ins] = transposed ? [columns, rows] : [rows, columns];
        const blocks = packBlocks(matrix, rows, columns, transposed);
        const v = counted(ins).map((x) => x * x);
        const expected = new Float64Array(groupsOf(outs) * 4);
        for (let i = 0; i < outs; i++) {
          for (let j = 0; j < ins; j++) {
            const entry = transposed ? matrix[j * columns + i]! : matrix[i * columns + j]!;
            expected[i]! += entry * v[j]!;
          }
        }
        expect([...multiply(blocks, outs, ins, v)]).toEqual([...expected]);
      }),
    );
  });

  it('uniform structs are packed in the order of their layout, whatever order is written', () => {
    const { AffineSizes } = UNIFORM_STRUCTS;
    const packed = packUniform('AffineSizes', {
      in_row_offset: 5,
      out_groups: 4,
      in_groups: 3,
      end_row: 2,
      first_row: 1,
    });
    expect(AffineSizes[0]).toBe('first_row');
    expect([...packed]).toEqual([1, 2, 3, 4, 5]);
  });
});
