import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BpttError } from '../../src/model/errors';
import { decodeFile } from '../../src/tasks/decodeFile';
import { importTable } from '../../src/tasks/importTable';
import { importText, TEXT_LIMIT } from '../../src/tasks/importText';
import { parseNumber } from '../../src/tasks/parseNumber';

const columns = (text: string) =>
  importTable(text).columns.map(({ name, values }) => [name, values]);
const invalidFile = expect.objectContaining({ code: 'invalid-file' }) as Error;
const anyString = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: fc.constantFrom(...'0123456789.,;\t\n\r "-+eE|ax文\u0000\uFEFF') }),
);

describe('importText', () => {
  it('keeps Chinese, emoji, tabs and newlines', () => {
    const text = '床前明月光，\t疑是地上霜。\n😀👩‍👩‍👧';
    expect(importText(text)).toEqual({
      text,
      length: Array.from(text).length,
      truncated: false,
      removed: 0,
    });
  });

  it('takes out the BOM, CR, NUL, controls and unpaired surrogates', () => {
    expect(importText('\uFEFFa\r\nb\u0000\u0007c\uD800')).toEqual({
      text: 'a\nbc',
      length: 4,
      truncated: false,
      removed: 3,
    });
  });

  it('cuts at a million characters and says so', () => {
    const { text, truncated } = importText('ab'.repeat(TEXT_LIMIT));
    expect(text.length).toBe(TEXT_LIMIT);
    expect(truncated).toBe(true);
  });

  it('refuses less than two characters', () => {
    for (const text of ['', 'x', '\u0000\u0001', '\uFEFF']) {
      expect(() => importText(text)).toThrowError(invalidFile);
    }
  });

  it('is total, and its result imports to itself', () => {
    fc.assert(
      fc.property(anyString, (raw) => {
        try {
          const { text, length } = importText(raw);
          expect(importText(text)).toEqual({ text, length, truncated: false, removed: 0 });
        } catch (error) {
          expect(error).toBeInstanceOf(BpttError);
        }
      }),
    );
  });
});

describe('decodeFile', () => {
  it('reads UTF-8, UTF-16 with a mark, and GB 18030', () => {
    expect(decodeFile(new TextEncoder().encode('温度,1'))).toBe('温度,1');
    expect(decodeFile(Uint8Array.of(0xff, 0xfe, 0x31, 0, 0x32, 0))).toBe('12');
    expect(decodeFile(Uint8Array.of(0xfe, 0xff, 0, 0x31, 0, 0x32))).toBe('12');
    expect(decodeFile(Uint8Array.of(0xce, 0xc2, 0xb6, 0xc8))).toBe('温度');
    expect(decodeFile(Uint8Array.of())).toBe('');
  });
});

describe('parseNumber', () => {
  it.each([
    ['1', 1],
    [' -2.5e-3 ', -0.0025],
    ['+.5', 0.5],
    ['5.', 5],
    ['1,234,567.5', 1234567.5],
    ['1 234', 1234],
    ['１２．５', 12.5],
    ['−3', -3],
    ['1,2', null],
    ['0x10', null],
    ['1e999', null],
    ['Infinity', null],
    ['', null],
    ['12a', null],
  ])('%j with a decimal point is %s', (cell, value) => {
    expect(parseNumber(cell, { decimalComma: false })).toBe(value);
  });

  it.each([
    ['1,5', 1.5],
    ['1.234,5', 1234.5],
    ['1.234', 1234],
    ['0,25', 0.25],
    ['-3', -3],
    ['1,2,3', null],
  ])('%j with a decimal comma is %s', (cell, value) => {
    expect(parseNumber(cell, { decimalComma: true })).toBe(value);
  });
});

describe('importTable', () => {
  it('reads CSV with a header, quotes, CRLF and BOM', () => {
    const table = importTable(
      '\uFEFFdate,"temp, °C",note\r\n2012-01-01,12.8,"a ""b"""\r\n2012-01-02,10.6,c\r\n',
    );
    expect(table.rowCount).toBe(2);
    expect(table.truncated).toBe(false);
    expect(table.columns).toEqual([
      { name: 'date', values: [], missing: 2, numeric: false },
      { name: 'temp, °C', values: [12.8, 10.6], missing: 0, numeric: true },
      { name: 'note', values: [], missing: 2, numeric: false },
    ]);
  });

  it('reads Chinese headers, tabs, and files without a header', () => {
    expect(columns('月份\t温度\n1\t-3\n2\t0.5\n')).toEqual([
      ['月份', [1, 2]],
      ['温度', [-3, 0.5]],
    ]);
    expect(columns('1,2\n3,4')).toEqual([
      ['', [1, 3]],
      ['', [2, 4]],
    ]);
  });

  it('reads decimal commas with semicolons, tabs or one per line', () => {
    expect(columns('t;y\n1;1,5\n2;2,25\n3;1.000,5')).toEqual([
      ['t', [1, 2, 3]],
      ['y', [1.5, 2.25, 1000.5]],
    ]);
    expect(columns('t;y\n1;1,234\n2;2,345')[1]).toEqual(['y', [1.234, 2.345]]);
    expect(columns('y\n1,5\n2,5\n3')).toEqual([['y', [1.5, 2.5, 3]]]);
  });

  it('reads quoted thousands', () => {
    expect(columns('a,b\n1,"1,234"\n2,"2,345,678"')[1]).toEqual(['b', [1234, 2345678]]);
  });

  it.each([
    ['1\n2\n3', [1, 2, 3]],
    ['1 2 3', [1, 2, 3]],
    ['1, 2, 3,', [1, 2, 3]],
    ['1,5; 2; 3', [1.5, 2, 3]],
    ['1，2，3', [1, 2, 3]],
    ['  1e-3   2\n 3\n', [0.001, 2, 3]],
  ])('reads the list %j', (text, values) => {
    expect(columns(text)).toEqual([['', values]]);
  });

  it('reads columns separated by spaces', () => {
    expect(columns('x  y\n1  2\n3  4\n')).toEqual([
      ['x', [1, 3]],
      ['y', [2, 4]],
    ]);
  });

  it('fills gaps by interpolation, at the ends by the nearest, and counts them', () => {
    const { columns: got } = importTable('t,y\n1,NA\n2,10\n3,\n4,n/a\n5,40\n6,broken\n7,-');
    expect(got[1]).toEqual({
      name: 'y',
      values: [10, 10, 20, 30, 40, 40, 40],
      missing: 5,
      numeric: true,
    });
  });

  it('refuses, with a remedy, what has no numbers', () => {
    for (const text of [
      '',
      ' \n',
      'hello',
      'a,b\nc,d',
      'x\n1',
      '7',
      'PK\u0003\u0004..',
      '1\u00002\n3',
    ]) {
      expect(() => importTable(text)).toThrowError(invalidFile);
    }
    expect(() => importTable('1\n'.repeat(11 * 1024 * 1024))).toThrowError(/20 MB/);
  });

  it('keeps the first 200 000 rows and says so', () => {
    for (const row of ['1\n', '1,2\n']) {
      const table = importTable(row.repeat(200_001));
      expect(table.rowCount).toBe(200_000);
      expect(table.truncated).toBe(true);
    }
    expect(importTable('1\n'.repeat(200_000)).truncated).toBe(false);
  });

  it('keeps names as text, whatever they are', () => {
    const table = importTable('__proto__,constructor\n1,2\n3,4');
    expect(table.columns.map((c) => c.name)).toEqual(['__proto__', 'constructor']);
  });

  it('is total, with one finite value per row', () => {
    fc.assert(
      fc.property(anyString, (raw) => {
        try {
          const table = importTable(raw);
          expect(table.columns.some((c) => c.numeric)).toBe(true);
          for (const column of table.columns) {
            expect(column.values.length).toBe(column.numeric ? table.rowCount : 0);
            expect(column.values.every(Number.isFinite)).toBe(true);
          }
        } catch (error) {
          if (!(error instanceof BpttError)) throw error;
          expect(error.code).toBe('invalid-file');
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('reads back any table of numbers it could have been given', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const rows = fc.integer({ min: 2, max: 4 }).chain((width) =>
      fc.array(fc.array(number, { minLength: width, maxLength: width }), {
        minLength: 2,
        maxLength: 8,
      }),
    );
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom(',', ';', '\t'),
        fc.boolean(),
        (data, delimiter, header) => {
          const body = data.map((row) => row.map((v) => String(v === 0 ? 0 : v)).join(delimiter));
          const names = data[0]!.map((_, i) => `c${i}`);
          const text = [...(header ? [names.join(delimiter)] : []), ...body].join('\n');
          const expected = names.map((name, i) => [
            header ? name : '',
            data.map((row) => (row[i] === 0 ? 0 : row[i])),
          ]);
          expect(columns(text)).toEqual(expected);
        },
      ),
    );
  });
});
