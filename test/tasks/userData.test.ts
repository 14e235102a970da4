import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeTask } from '../../src/tasks/describeTask';
import { segmentStart } from '../../src/tasks/segments';
import { seriesTask } from '../../src/tasks/series';
import { textTask } from '../../src/tasks/text';

describe('text', () => {
  it('keeps the most frequent characters and counts the others', () => {
    const task = textTask('aaaabbbccd', 3);
    expect(task.vocabulary).toEqual({
      characters: [
        { character: 'a', count: 4 },
        { character: 'b', count: 3 },
      ],
      otherCount: 3,
      distinct: 4,
      length: 10,
    });
    expect(task.O).toBe(3);
    expect(task.inputChannels.map((c) => c.id)).toEqual(['character', 'character', 'other']);
    const { inputs, targets } = task.generate(9, 1, 0);
    expect(targets.kind === 'class' && Array.from(targets.indices)).toEqual([
      0, 0, 0, 1, 1, 1, 2, 2, 2,
    ]);
    expect(Array.from(inputs.subarray(0, 3))).toEqual([1, 0, 0]);
  });

  it('has no "other" when everything fits', () => {
    const task = textTask('春眠不觉晓', 64);
    expect(task.O).toBe(5);
    expect(task.vocabulary?.otherCount).toBe(0);
  });

  it('counts code points, composes accents, unifies line ends', () => {
    expect(textTask('😀😀a', 8).vocabulary?.length).toBe(3);
    expect(textTask('e\u0301é', 8).vocabulary?.characters).toEqual([{ character: 'é', count: 2 }]);
    expect(textTask('a\r\nb\rc\n', 8).vocabulary?.length).toBe(6);
  });

  it('names the longest T when T is too long, and refuses a text without a next character', () => {
    const task = textTask('hello', 8);
    expect(task.longestT).toBe(4);
    expect(() => task.generate(5, 1, 0)).toThrowError(
      expect.objectContaining({
        code: 'invalid-configuration',
        path: 'T',
        details: { longest: 4, got: 5 },
      }) as Error,
    );
    expect(() => textTask('x', 8)).toThrowError(
      expect.objectContaining({ path: 'task.source.text' }) as Error,
    );
  });

  it('is valid for every text and vocabulary', () => {
    const anyText = fc.string({ unit: 'binary', minLength: 4, maxLength: 60 });
    fc.assert(
      fc.property(
        anyText,
        fc.integer({ min: 2, max: 64 }),
        fc.nat(8),
        (text, vocabulary, extra) => {
          fc.pre(Array.from(text.replace(/\r\n?/g, '\n').normalize('NFC')).length >= 2);
          const task = textTask(text, vocabulary);
          expect(task.O).toBeLessThanOrEqual(vocabulary);
          const T = Math.max(1, task.longestT - extra);
          const { inputs, targets } = task.generate(T, 3, 0);
          expect(inputs.reduce((s, v) => s + v, 0)).toBe(T * 3);
          if (targets.kind !== 'class') throw new Error('classes expected');
          expect(targets.indices.every((k) => k >= 0 && k < task.O)).toBe(true);
          // Each target is the next input.
          for (let row = 0; row + 3 < T * 3; row++) {
            expect(inputs[(row + 3) * task.I + targets.indices[row]!]).toBe(1);
          }
        },
      ),
    );
  });
});

describe('segments', () => {
  it('start inside, spread evenly, and do not move as the batch grows', () => {
    expect([0, 1, 2, 3].map((n) => segmentStart(100, 20, n))).toEqual([0, 40, 20, 60]);
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5000 }), fc.nat(255), fc.nat(), (length, n, t) => {
        const T = 1 + (t % (length - 1));
        const start = segmentStart(length, T, n);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(start + T).toBeLessThanOrEqual(length - 1);
      }),
    );
  });
});

describe('series', () => {
  it('standardises to mean 0 and deviation 1 and can be undone', () => {
    const task = seriesTask([10, 20, 30, 40]);
    const { mean, sd, count } = task.standardisation!;
    expect([mean, count]).toEqual([25, 4]);
    expect(sd).toBeCloseTo(Math.sqrt(125), 12);
    const { inputs, targets } = task.generate(3, 1, 0);
    expect(Array.from(inputs, (x) => mean + sd * x).map((v) => Math.round(v * 1e4) / 1e4)).toEqual([
      10, 20, 30,
    ]);
    if (targets.kind !== 'dense') throw new Error('dense expected');
    expect(mean + sd * targets.values[2]!).toBeCloseTo(40, 4);
  });

  it('turns a constant series into zeros and survives extreme values', () => {
    expect(seriesTask([5, 5, 5]).generate(2, 1, 0).inputs).toEqual(new Float32Array(2));
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(finite, { minLength: 2, maxLength: 30 }), (values) => {
        const task = seriesTask(values);
        const { inputs } = task.generate(values.length - 1, 1, 0);
        expect(inputs.every(Number.isFinite)).toBe(true);
      }),
    );
  });

  it('names what is wrong', () => {
    expect(() => seriesTask([1])).toThrowError(
      expect.objectContaining({ path: 'task.source.values' }) as Error,
    );
    expect(() => seriesTask([1, NaN, 2])).toThrowError(
      expect.objectContaining({ path: 'task.source.values.1' }) as Error,
    );
    expect(() => seriesTask([1, 2, 3]).generate(3, 1, 0)).toThrowError(/T = 2/);
  });

  it('is described with raw values beside the standardisation', () => {
    const source = { name: 'v', values: [1, 3] };
    const description = describeTask({ task: { kind: 'series', source } });
    expect(description.seriesPreview).toEqual([1, 3]);
    expect(description.seriesName).toBe('v');
    expect(description.standardisation).toEqual({ mean: 2, sd: 1, count: 2 });
  });
});
