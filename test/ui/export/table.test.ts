import { describe, expect, it } from 'vitest';
import { csvParts } from '../../../src/ui/charts/export/csv';
import {
  log2Columns,
  plainValues,
  shownTable,
  type DataTable,
} from '../../../src/ui/charts/export/dataTable';
import { fileName } from '../../../src/ui/charts/export/fileName';

describe('csvParts', () => {
  const table: DataTable = {
    rows: 3,
    columns: [
      { id: 'step', values: [1, 2, 3] },
      { id: 'a,b', values: [0.1 + 0.2, -Infinity, NaN] },
      { id: 'word', values: ['say "hi"', null, '=1+1'] },
    ],
    notes: ['two\nlines'],
  };
  const csv = [...csvParts(table, [['link', 'https://example.org/#v=1\r\n4,5']])].join('');

  it('has every number as float64 has it, and gaps where there is none', () => {
    expect(csv.split('\n')).toEqual([
      '# link: https://example.org/#v=1 4,5',
      '# two lines',
      'step,"a,b",word',
      '1,0.30000000000000004,"say ""hi"""',
      '2,-Infinity,',
      "3,,'=1+1",
      '',
    ]);
  });

  it('comes in parts that together have every row once', () => {
    const rows = 70_000;
    const values = Float64Array.from({ length: rows }, (_, i) => i);
    const parts = [...csvParts({ rows, columns: [{ id: 'i', values }], notes: [] }, [])];
    expect(parts.length).toBeGreaterThan(3);
    expect(parts.join('').trimEnd().split('\n').slice(1).map(Number)).toEqual(Array.from(values));
  });

  it('lets no line break out of a comment', () => {
    for (const line of csv.split('\n').slice(0, 2)) expect(line.startsWith('# ')).toBe(true);
  });
});

describe('plain numbers beside logarithms', () => {
  it('are there where float64 holds all their digits', () => {
    expect(plainValues([0, -3, 1023.5, -Infinity])).toEqual([1, 0.125, 2 ** 1023.5, 0]);
    // Subnormal, below everything, above everything, nothing
    expect(plainValues([-1022.5, -20000, 1024, NaN, null])).toEqual([null, null, null, null, null]);
    expect(plainValues([-1022])).toEqual([2 ** -1022]);
  });

  it('come in two columns of the same name', () => {
    expect(log2Columns('norm', [1]).map(({ id, values }) => [id, values[0]])).toEqual([
      ['log2_norm', 1],
      ['norm', 2],
    ]);
  });
});

describe('shownTable', () => {
  const n = 1000;
  const table: DataTable = {
    rows: n,
    columns: [
      { id: 'step', head: 't', values: Array.from({ length: n }, (_, i) => i + 1) },
      { id: 'v', head: 'v', values: Array.from({ length: n }, (_, i) => i % 7) },
      {
        id: 's',
        head: 'Σ',
        values: new Float64Array(n).fill(0.5),
        merge: (values) => values.reduce((a, b) => a + b, 0),
      },
      { id: 'only in the file', values: new Float64Array(n) },
      { id: 'gap', head: 'g', values: new Float64Array(n).fill(NaN) },
    ],
    notes: [],
  };

  it('has at most 256 rows, which together stand for all', () => {
    const { heads, rows } = shownTable(table);
    expect(heads).toEqual(['t', 'v', 'Σ', 'g']);
    expect(rows).toHaveLength(250);
    expect(rows[0]).toEqual({ head: '1–4', cells: ['3', '2', '–'] });
    expect(rows[249]!.head).toBe('997–1\u202f000');
  });

  it('merges nothing where there is room', () => {
    const { rows } = shownTable({ ...table, rows: 256 });
    expect(rows).toHaveLength(256);
    expect(rows[1]).toEqual({ head: '2', cells: ['1', '0.500', '–'] });
  });

  it('takes the greatest of several, whatever its sign', () => {
    const values = [-3, -Infinity, -5, -4];
    const columns = [
      { id: 'i', head: 'i', values: [1, 2, 3, 4] },
      { id: 'v', head: 'v', values, format: String },
    ];
    expect(shownTable({ rows: 4, columns, notes: [] }, 2).rows).toEqual([
      { head: '1–2', cells: ['-3'] },
      { head: '3–4', cells: ['-4'] },
    ]);
  });

  it('names the last step of rows that stood for several already', () => {
    const columns = [{ id: 'i', head: 'i', values: [1, 4, 7] }];
    const ends = [3, 6, 9];
    expect(shownTable({ rows: 3, ends, columns, notes: [] }, 2).rows.map((r) => r.head)).toEqual([
      '1–6',
      '7–9',
    ]);
  });

  it('is empty without rows', () => {
    expect(shownTable({ ...table, rows: 0 }).rows).toEqual([]);
  });
});

describe('fileName', () => {
  const configuration = { T: 96, activation: 'leakyRelu' } as const;

  it('says what and of which network', () => {
    expect(fileName('gradient', { T: 96, activation: 'tanh' }, 'png')).toBe(
      'bptt-gradient-T96-tanh.png',
    );
    expect(fileName('weights-Wh', configuration, 'csv')).toBe('bptt-weights-wh-T96-leaky-relu.csv');
  });

  it('names the steps only where they are not all', () => {
    expect(fileName('tracks', configuration, 'svg', { from: 1, to: 96 })).toBe(
      'bptt-tracks-T96-leaky-relu.svg',
    );
    expect(fileName('tracks', configuration, 'svg', { from: 20, to: 40 })).toBe(
      'bptt-tracks-T96-leaky-relu-t20-40.svg',
    );
  });

  it('is a name on every file system', () => {
    expect(fileName('../a\\b: “q”?', configuration, 'png')).toBe('bptt-a-b-q-T96-leaky-relu.png');
    expect(fileName('时滞', configuration, 'png')).toBe('bptt-chart-T96-leaky-relu.png');
  });
});
