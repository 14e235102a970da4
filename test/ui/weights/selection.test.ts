import { describe, expect, it } from 'vitest';
import { translate } from '../../../src/i18n';
import { matrixCommand, type MatrixKey } from '../../../src/ui/weights/matrixKeys';
import { parseMatrix, type Matrix } from '../../../src/ui/weights/matrixText';
import { regionText } from '../../../src/ui/weights/regionText';
import {
  boundsOf,
  cellAt,
  clampSelection,
  contains,
  everything,
  FIRST_CELL,
  indicesOf,
  isSingle,
  selectTo,
  single,
  wholeColumns,
  wholeRows,
  type Selection,
} from '../../../src/ui/weights/selection';
import {
  added,
  entriesOf,
  filled,
  multiplied,
  placed,
  rangeOf,
} from '../../../src/ui/weights/selectionEdit';

const SHAPE = { rows: 6, columns: 5 };
/** From row 4, column 3 back to row 2, column 2, 1-based */
const BACKWARDS: Selection = { anchor: { row: 3, column: 2 }, active: { row: 1, column: 1 } };
const bounds = (top: number, left: number, bottom: number, right: number) => ({
  ...{ top, left, bottom, right },
});

describe('a selection', () => {
  it('is the rectangle between its corners, whichever came first', () => {
    expect(boundsOf(BACKWARDS)).toEqual(bounds(1, 1, 3, 2));
    expect(indicesOf(boundsOf(BACKWARDS), 5)).toEqual([6, 7, 11, 12, 16, 17]);
    expect(isSingle(BACKWARDS)).toBe(false);
    expect(isSingle(FIRST_CELL)).toBe(true);
    expect(contains(boundsOf(BACKWARDS), { row: 2, column: 1 })).toBe(true);
    expect(contains(boundsOf(BACKWARDS), { row: 2, column: 3 })).toBe(false);
    expect(contains(boundsOf(BACKWARDS), { row: 4, column: 1 })).toBe(false);
  });

  it('extends from its anchor, inside the array', () => {
    const to = { row: 9, column: -3 };
    expect(selectTo(BACKWARDS, to, SHAPE, true)).toEqual({
      anchor: { row: 3, column: 2 },
      active: { row: 5, column: 0 },
    });
    expect(selectTo(BACKWARDS, to, SHAPE, false)).toEqual(single({ row: 5, column: 0 }));
    expect(clampSelection(BACKWARDS, { rows: 2, columns: 1 })).toEqual({
      anchor: { row: 1, column: 0 },
      active: { row: 1, column: 0 },
    });
  });

  it('takes whole rows, whole columns, everything', () => {
    expect(boundsOf(wholeRows(BACKWARDS, SHAPE))).toEqual(bounds(1, 0, 3, 4));
    expect(boundsOf(wholeColumns(BACKWARDS, SHAPE))).toEqual(bounds(0, 1, 5, 2));
    expect(boundsOf(everything(SHAPE))).toEqual(bounds(0, 0, 5, 4));
  });

  it('finds the cell under a point, also beyond the edge', () => {
    expect(cellAt(0.5, 0.99, SHAPE)).toEqual({ row: 5, column: 2 });
    expect(cellAt(1, 1, SHAPE)).toEqual({ row: 5, column: 4 });
    expect(cellAt(-0.2, 3, SHAPE)).toEqual({ row: 5, column: 0 });
  });
});

describe('a selection in words', () => {
  const words = (area: ReturnType<typeof bounds>, language: 'en' | 'zh-CN' = 'en') =>
    regionText((key, params) => translate(language, key, params), area, SHAPE);

  it.each([
    [bounds(1, 2, 1, 2), 'row 2, column 3'],
    [bounds(1, 0, 3, 2), 'rows 2–4, columns 1–3'],
    [bounds(1, 0, 3, 4), 'rows 2–4, all columns'],
    [bounds(0, 2, 5, 2), 'all rows, column 3'],
    [bounds(0, 0, 5, 4), 'all 6 × 5 entries'],
  ])('%o', (area, expected) => expect(words(area)).toBe(expected));

  it('in Chinese', () => {
    expect(words(bounds(1, 0, 3, 2), 'zh-CN')).toBe('第 2–4 行，第 1–3 列');
  });

  it('of a single number', () => {
    const one = { rows: 1, columns: 1 };
    const text = regionText((key, params) => translate('en', key, params), bounds(0, 0, 0, 0), one);
    expect(text).toBe('row 1, column 1');
  });
});

describe('the keys of the map', () => {
  const press = (keys: string, selection = BACKWARDS) => {
    const parts = keys.split('+');
    const key = parts.at(-1)!;
    const event: MatrixKey = {
      key: key === 'Space' ? ' ' : key === 'Plus' ? '+' : key,
      shiftKey: parts.includes('Shift'),
      altKey: parts.includes('Alt'),
      ctrlKey: parts.includes('Ctrl'),
      metaKey: parts.includes('Meta'),
    };
    return matrixCommand(event, selection, SHAPE);
  };
  const selected = (keys: string, selection?: Selection) => {
    const command = press(keys, selection);
    if (command?.kind !== 'select') throw new Error(`${keys}: ${JSON.stringify(command)}`);
    return command.selection;
  };

  it('move the active cell, and with Shift extend to it', () => {
    expect(selected('ArrowDown')).toEqual(single({ row: 2, column: 1 }));
    expect(selected('ArrowLeft')).toEqual(single({ row: 1, column: 0 }));
    expect(boundsOf(selected('Shift+ArrowUp'))).toEqual(bounds(0, 1, 3, 2));
    expect(boundsOf(selected('Shift+ArrowRight'))).toEqual(bounds(1, 2, 3, 2));
    expect(selected('Home')).toEqual(single({ row: 1, column: 0 }));
    expect(selected('Ctrl+End')).toEqual(single({ row: 5, column: 4 }));
    expect(boundsOf(selected('Shift+Ctrl+Home'))).toEqual(bounds(0, 0, 3, 2));
    expect(selected('Ctrl+ArrowRight')).toEqual(single({ row: 1, column: 4 }));
    expect(boundsOf(selected('Shift+Meta+ArrowDown'))).toEqual(bounds(3, 1, 5, 2));
  });

  it('select rows, columns, everything, and one again', () => {
    expect(boundsOf(selected('Shift+Space'))).toEqual(bounds(1, 0, 3, 4));
    expect(boundsOf(selected('Ctrl+Space'))).toEqual(bounds(0, 1, 5, 2));
    expect(boundsOf(selected('Shift+Ctrl+Space'))).toEqual(bounds(0, 0, 5, 4));
    expect(boundsOf(selected('Ctrl+a'))).toEqual(bounds(0, 0, 5, 4));
    expect(boundsOf(selected('Meta+A'))).toEqual(bounds(0, 0, 5, 4));
    expect(selected('Escape')).toEqual(single(BACKWARDS.active));
    // Rows stay rows while they are extended.
    const rows = selected('Shift+Space');
    expect(boundsOf(selected('Shift+ArrowUp', rows))).toEqual(bounds(0, 0, 3, 4));
  });

  it('change, clear and type', () => {
    expect(press('Alt+ArrowUp')).toEqual({ kind: 'add', amount: 0.01 });
    expect(press('Alt+Shift+ArrowDown')).toEqual({ kind: 'add', amount: -0.1 });
    expect(press('Delete')).toEqual({ kind: 'zero' });
    expect(press('Enter')).toEqual({ kind: 'type', begun: false });
    for (const key of ['7', '-', '.', 'Plus', '−']) {
      expect(press(key)).toEqual({ kind: 'type', begun: true });
    }
  });

  it('leave the others alone: undo, copy, the page’s own, Alt and left', () => {
    for (const keys of ['Ctrl+z', 'Ctrl+c', 'Tab', 'd', '?', 'Space', 'Alt+ArrowLeft', 'Ctrl+0']) {
      expect(press(keys)).toBeNull();
    }
    expect(press('Escape', FIRST_CELL)).toBeNull();
  });
});

describe('editing a selection', () => {
  const values = Float32Array.of(0.1, 0.2, 0.3, -1, 2, 3, 4, 5, 6);
  const entries = entriesOf(values, bounds(0, 1, 1, 2), 3);

  it('reads it in rows', () => {
    expect(entries.map(([index]) => index)).toEqual([1, 2, 4, 5]);
    expect(rangeOf(values, bounds(0, 0, 1, 1), 3)).toEqual([-1, 2]);
  });

  it('adds without leaving float noise, and takes it back exactly', () => {
    expect(added(entries, 0.01)).toEqual([
      [1, 0.21],
      [2, 0.31],
      [4, 2.01],
      [5, 3.01],
    ]);
    const none = added(entries, 0);
    none.forEach(([index, value]) => expect(Math.fround(value)).toBe(values[index]));
    expect(none[0]![1]).toBe(0.2);
  });

  it('multiplies and negates in float32, written shortly', () => {
    expect(multiplied(entries, -1).map(([, value]) => value)).toEqual([-0.2, -0.3, -2, -3]);
    expect(multiplied(entries, 2).map(([, value]) => value)).toEqual([0.4, 0.6, 4, 6]);
    const third = multiplied([[0, 1]], 1 / 3)[0]![1];
    expect(Math.fround(third)).toBe(Math.fround(1 / 3));
    expect(String(third).length).toBeLessThan(12);
    expect(multiplied([[0, 0]], -1)).toEqual([[0, 0]]);
    expect(filled(entries, 7)).toEqual([
      [1, 7],
      [2, 7],
      [4, 7],
      [5, 7],
    ]);
  });
});

describe('a pasted matrix', () => {
  const matrix = (text: string): Matrix => {
    const parsed = parseMatrix(text);
    if (!('matrix' in parsed)) throw new Error(text);
    return parsed.matrix;
  };
  const put = (text: string, area: ReturnType<typeof bounds>, shape = { rows: 3, columns: 3 }) =>
    placed(matrix(text), 'W_h', shape, area);

  it('of the selection’s shape fills the selection', () => {
    expect(put('1 2\n3 4', bounds(1, 1, 2, 2))).toEqual({
      entries: [
        [4, 1],
        [5, 2],
        [7, 3],
        [8, 4],
      ],
    });
    // A vector may lie or stand.
    const column = [
      [1, 8],
      [4, 9],
    ];
    expect(put('8 9', bounds(0, 1, 1, 1))).toEqual({ entries: column });
    expect(put('8\n9', bounds(0, 1, 1, 1))).toEqual({ entries: column });
  });

  it('of one number fills all of it', () => {
    expect(put('0.5', bounds(0, 0, 0, 1))).toEqual({
      entries: [
        [0, 0.5],
        [1, 0.5],
      ],
    });
  });

  it('of the array’s shape replaces the array', () => {
    const nine = '1 2 3\n4 5 6\n7 8 9';
    const array = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(put(nine, bounds(1, 1, 2, 2))).toEqual({ array });
    expect(put(nine, bounds(0, 0, 2, 2))).toEqual({ array });
  });

  it('of any other shape is explained, with both that would do', () => {
    const complaint = (text: string, area: ReturnType<typeof bounds>) => {
      const placement = put(text, area);
      if (!('complaint' in placement)) throw new Error('placed');
      return translate('en', placement.complaint.key, placement.complaint.params);
    };
    expect(complaint('1 2', bounds(0, 0, 0, 0))).toBe('W_h needs 3×3 numbers, this is 1×2.');
    expect(complaint('1 2', bounds(0, 0, 1, 1))).toBe(
      'W_h needs 3×3 numbers, the selection 2×2; this is 1×2.',
    );
  });
});
