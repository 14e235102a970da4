import type { Translate } from '../../app/context';
import type { DataTable } from '../../charts/export/dataTable';
import { formatNumber } from '../../charts/format';
import type { Complex } from '../../../analysis/complex';

/** Eigenvalues as they are listed, modulus descending. */
export function planeData(eigenvalues: readonly Complex[], text: Translate): DataTable {
  const column = (value: (eigenvalue: Complex) => number) => eigenvalues.map(value);
  return {
    rows: eigenvalues.length,
    columns: [
      { id: 'number', head: text('table.index'), values: eigenvalues.map((_, i) => i + 1) },
      { id: 're', head: text('table.real'), values: column(([re]) => re), format: formatNumber },
      {
        id: 'im',
        head: text('table.imaginary'),
        values: column(([, im]) => im),
        format: formatNumber,
      },
      {
        id: 'modulus',
        head: text('table.modulus'),
        values: column((value) => Math.hypot(...value)),
        format: formatNumber,
      },
      {
        id: 'angle',
        head: text('table.angle'),
        values: column(([re, im]) => Math.atan2(im, re)),
        format: formatNumber,
      },
    ],
    notes: ['Eigenvalues of W_h, modulus descending; the angle in radians.'],
  };
}
