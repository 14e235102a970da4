import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { translate } from '../../../src/i18n';
import {
  fitMatrix,
  type MatrixResult,
  parseMatrix,
  toNumPy,
} from '../../../src/ui/weights/matrixText';

function matrixOf(result: MatrixResult) {
  if ('complaint' in result) throw new Error(translate('en', result.complaint.key));
  return result.matrix;
}
function complaintOf(result: MatrixResult) {
  if ('matrix' in result) throw new Error(`read as ${JSON.stringify(result.matrix)}`);
  return result.complaint;
}
const read = (text: string) => matrixOf(parseMatrix(text));
const refused = (text: string) => complaintOf(parseMatrix(text));
const SQUARE = { rows: 2, columns: 2, values: [1, -2, 0.5, 1e-3] };

describe('pasted text as a matrix', () => {
  it.each([
    ['tabs, as spreadsheets copy', '1\t-2\n0.5\t1e-3'],
    ['tabs and CRLF with an end of line', '1\t-2\r\n0.5\t1e-3\r\n'],
    ['spaces', '1 -2\n0.5 1e-3'],
    ['aligned columns', '  1.0   -2.0  \n  0.5    0.001'],
    ['commas', '1,-2\n0.5,1e-3'],
    ['commas and spaces, trailing commas', '1, -2,\n0.5, 1e-3,'],
    ['semicolons', '1;-2\n0.5;1e-3'],
    ['semicolons and decimal commas', '1,0;-2,0\n0,5;0,001'],
    ['tabs and decimal commas', '1,0\t-2,0\n0,5\t0,001'],
    ['blank lines', '\n\n1 -2\n\n \n0.5 1e-3\n\n'],
    ['a nested list', '[[1, -2], [0.5, 1e-3]]'],
    ['a list over lines, trailing commas', '[\n  [1, -2,],\n  [0.5, 1e-3,],\n]'],
    ['a printed NumPy array', '[[ 1.e+00 -2.e+00]\n [ 5.e-01  1.e-03]]'],
    ['the repr of a NumPy array', 'array([[ 1.   , -2.   ],\n       [ 0.5  ,  0.001]])'],
    ['a repr with a type', 'array([[1., -2.], [0.5, 0.001]], dtype=float32)'],
    ['a PyTorch tensor', "tensor([[1., -2.],\n        [0.5, 1e-3]], device='cuda:0')"],
    ['an assignment', 'W = np.array([[1, -2],\n              [0.5, 1e-3]])'],
    ['nested once more', '[[[1, -2], [0.5, 1e-3]]]'],
    ['lists without the outer brackets', '[1, -2],\n[0.5, 1e-3]'],
    ['full-width digits, signs and brackets', '［［１，－２］，［０．５，１ｅ－３］］'],
    ['the typographic minus', '1 \u22122\n0.5 1e\u22123'],
    ['no-break spaces', '1\u00a0-2\n0.5\u00a01e-3'],
  ])('reads %s', (_, text) => {
    expect(read(text)).toEqual(SQUARE);
  });

  it('reads rows that NumPy broke over lines', () => {
    const long = Array.from({ length: 40 }, (_, i) => i / 8 - 2);
    const broken = long.map((x, i) => `${x.toFixed(3)}${i % 7 === 6 ? '\n  ' : ' '}`).join('');
    expect(read(`[[${broken}]\n [${broken}]]`)).toEqual({
      rows: 2,
      columns: 40,
      values: [...long, ...long],
    });
  });

  it('reads one number, one row and one column', () => {
    expect(read('7')).toEqual({ rows: 1, columns: 1, values: [7] });
    expect(read('[7]')).toEqual({ rows: 1, columns: 1, values: [7] });
    expect(read('1 2 3')).toEqual({ rows: 1, columns: 3, values: [1, 2, 3] });
    expect(read('[1, 2, 3]')).toEqual({ rows: 1, columns: 3, values: [1, 2, 3] });
    expect(read('1\n2\n3')).toEqual({ rows: 3, columns: 1, values: [1, 2, 3] });
    expect(read('[[1],\n [2],\n [3]]')).toEqual({ rows: 3, columns: 1, values: [1, 2, 3] });
  });

  it('reads the largest array the page holds', () => {
    const row = Array.from({ length: 512 }, () => '-1.2345678901234567e-05').join('\t');
    const matrix = read(Array.from({ length: 512 }, () => row).join('\n'));
    expect([matrix.rows, matrix.columns, matrix.values.length]).toEqual([512, 512, 512 * 512]);
    expect(matrix.values.every((value) => value === -1.2345678901234567e-5)).toBe(true);
  });
});

describe('text that is no matrix', () => {
  it.each(['', ' \n\t\r\n', ',\n;\n', '[]', '[[], []]', '[ \n ]', '［］', '[[[['])(
    'finds no number in %j',
    (text) => {
      expect(refused(text)).toEqual({ key: 'weights.pasteEmpty', params: {} });
    },
  );

  it.each<[string, number, number, string]>([
    ['1 2\n3 x', 2, 2, 'x'],
    ['W_h\n1 2', 1, 1, 'W_h'],
    ['1\t\t3', 1, 2, ''],
    ['1,,3', 1, 2, ''],
    ['[[1, nan], [3, 4]]', 1, 2, 'nan'],
    ['[[1, 2], [-inf, 4]]', 2, 1, '-inf'],
    ['1e999 2', 1, 1, '1e999'],
    ['[[1 2 ... 8 9]]', 1, 3, '...'],
    ['[[1+2j, 0]]', 1, 1, '1+2j'],
    ['{"a": 1}', 1, 1, '{"a":'],
    ['0x10 2', 1, 1, '0x10'],
  ])('points at what is no number in %j', (text, row, column, entry) => {
    expect(refused(text)).toEqual({
      key: 'weights.pasteBadNumber',
      params: { row, column, text: entry },
    });
  });

  it.each([
    ['MATLAB rows', '[1 2; 3 4]', '1 2'],
    ['MATLAB rows of three digits', '[100 200; 300 400]', '100 200'],
    ['decimal commas between spaces', '0,5 0,25\n1,5 0,75', '5 0'],
    ['three decimals between spaces', '0,125 125,000', '125 125'],
    ['spaces among tabs', '1\t2 3', '2 3'],
  ])('does not join two numbers into one: %s', (_, text, entry) => {
    expect(refused(text)).toMatchObject({
      key: 'weights.pasteBadNumber',
      params: { text: entry },
    });
  });

  it('quotes only the beginning of a long entry', () => {
    expect(refused(`1 ${'x'.repeat(10_000)}`).params).toEqual({
      row: 1,
      column: 2,
      text: 'x'.repeat(24),
    });
  });

  it.each<[string, number, number, number]>([
    ['1 2\n3', 2, 1, 2],
    ['1 2\n3 4 5', 2, 3, 2],
    ['1 2\n\n3 4\n5', 3, 1, 2],
    ['[[1, 2, 3], [4, 5, 6], [7, 8]]', 3, 2, 3],
    ['[[1], [2, 3]]', 2, 2, 1],
  ])('tells which row of %j has another length', (text, row, got, needed) => {
    expect(refused(text)).toEqual({ key: 'weights.pasteRagged', params: { row, got, needed } });
  });

  it('has a complaint with every place filled in both languages', () => {
    const shape = complaintOf(fitMatrix({ rows: 1, columns: 3, values: [1, 2, 3] }, 'W_h', 2, 2));
    for (const { key, params } of [refused(''), refused('x'), refused('1 2\n3'), shape]) {
      for (const language of ['en', 'zh-CN'] as const) {
        expect(translate(language, key, params)).not.toMatch(/[{}]/);
      }
    }
  });

  it('is a matrix or a complaint, whatever the text', () => {
    const soup = fc.string({
      unit: fc.constantFrom(...'[]()01.,;-e \t\n\r［，nax'),
      maxLength: 60,
    });
    fc.assert(
      fc.property(soup, (text) => {
        const result = parseMatrix(text);
        if ('complaint' in result) return;
        const { rows, columns, values } = result.matrix;
        expect(rows * columns).toBe(values.length);
        expect(values.length).toBeGreaterThan(0);
        expect(values.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('is refused quickly when it is long', () => {
    const started = performance.now();
    refused('['.repeat(2_000_000));
    refused('[1,'.repeat(500_000));
    refused(`x${' '.repeat(1_000_000)}`);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('the shape of a pasted matrix', () => {
  const row = { rows: 1, columns: 3, values: [1, 2, 3] };
  const column = { rows: 3, columns: 1, values: [1, 2, 3] };
  const wide = { rows: 2, columns: 3, values: [1, 2, 3, 4, 5, 6] };

  it('is taken as it is where it agrees', () => {
    expect(matrixOf(fitMatrix(wide, 'W_x', 2, 3))).toEqual(wide);
  });

  it('may be a row or a column for a vector', () => {
    expect(matrixOf(fitMatrix(row, 'b', 3, 1))).toEqual(column);
    expect(matrixOf(fitMatrix(column, 'W_y', 1, 3))).toEqual(row);
  });

  it('never transposes a matrix', () => {
    expect(complaintOf(fitMatrix(wide, 'W_x', 3, 2))).toEqual({
      key: 'weights.pasteShape',
      params: { name: 'W_x', rows: 3, columns: 2, gotRows: 2, gotColumns: 3 },
    });
  });

  it.each([
    [6, 1],
    [1, 6],
    [2, 2],
    [3, 3],
    [1, 1],
  ])('refuses 2×3 numbers for %d×%d', (rows, columns) => {
    expect(complaintOf(fitMatrix(wide, 'W', rows, columns)).params).toEqual({
      name: 'W',
      rows,
      columns,
      gotRows: 2,
      gotColumns: 3,
    });
  });

  it('refuses a vector of another length', () => {
    expect(complaintOf(fitMatrix(row, 'b', 4, 1)).params).toMatchObject({ gotColumns: 3 });
    expect(complaintOf(fitMatrix(column, 'W_h', 3, 3)).key).toBe('weights.pasteShape');
  });
});

describe('a matrix as NumPy text', () => {
  it('is written in rows', () => {
    expect(toNumPy([1, -2, 0.5, 1e-7], 2, 2)).toBe('np.array([[1, -2],\n          [0.5, 1e-7]])');
    expect(toNumPy([1, 2, 3], 1, 3)).toBe('np.array([[1, 2, 3]])');
    expect(toNumPy([5], 1, 1)).toBe('np.array([5])');
  });

  it('is one-dimensional for a vector', () => {
    expect(toNumPy([1, 2, 3], 3, 1)).toBe('np.array([1, 2, 3])');
  });

  it('hides the noise of float32', () => {
    expect(toNumPy(Float32Array.of(0.1, -0.95), 2, 1)).toBe('np.array([0.1, -0.95])');
  });

  it('is read back in its place', () => {
    const side = fc.integer({ min: 1, max: 6 });
    fc.assert(
      fc.property(side, side, fc.infiniteStream(fc.integer()), (rows, columns, stream) => {
        const values = Array.from({ length: rows * columns }, () => stream.next().value! % 1e6);
        const back = matrixOf(fitMatrix(read(toNumPy(values, rows, columns)), 'W', rows, columns));
        expect(back).toEqual({ rows, columns, values: values.map((value) => value + 0) });
      }),
    );
  });
});
