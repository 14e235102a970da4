import { LIMITS } from '../model/configuration';
import { BpttError } from '../model/errors';
import { requireLength, segmentStarts } from './segments';
import type { Channel, Task, TaskData, Vocabulary } from './task';

/** NFC, line ends as \n: texts that look the same give the same characters. */
export function normaliseText(text: string): string {
  return text.replace(/\r\n?/g, '\n').normalize('NFC');
}

function countCharacters(characters: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const c of characters) counts.set(c, (counts.get(c) ?? 0) + 1);
  return counts;
}

/**
 * Next-character prediction over Unicode code points: x_t is the character one-hot, the target the
 * class of the next one, loss at every step. The `vocabulary` most frequent characters are classes;
 * when the text has more, the last class stands for all others. Entries are segments spread evenly
 * over the text; the data seed plays no part.
 * @throws BpttError 'invalid-configuration' for a text of fewer than 2 characters
 */
export function textTask(text: string, vocabulary: number): Task {
  const characters = Array.from(normaliseText(text));
  if (characters.length < 2) {
    throw new BpttError(
      'invalid-configuration',
      'task.source.text',
      `A text needs at least 2 characters, got ${characters.length}. Give a longer text.`,
      { needed: 2, got: characters.length },
    );
  }
  const counts = countCharacters(characters);
  // Map keeps the order of appearance and sort is stable: ties stay in that order.
  const ranked = [...counts].sort((a, b) => b[1] - a[1]);
  const capped = ranked.length > vocabulary;
  const kept = capped ? ranked.slice(0, vocabulary - 1) : ranked;
  const classes = capped ? vocabulary : kept.length;
  const classOf = new Map(kept.map(([character], index) => [character, index]));
  const sequence = Int32Array.from(characters, (c) => classOf.get(c) ?? classes - 1);
  const keptCount = kept.reduce((sum, [, count]) => sum + count, 0);

  const table: Vocabulary = {
    characters: kept.map(([character, count]) => ({ character, count })),
    otherCount: characters.length - keptCount,
    distinct: ranked.length,
    length: characters.length,
  };
  const channels: Channel[] = kept.map(([label]) => ({ id: 'character', label }));
  if (capped) channels.push({ id: 'other', label: '' });

  const windows = (T: number, starts: readonly number[]): TaskData => {
    const B = starts.length;
    const inputs = new Float32Array(T * B * classes);
    const indices = new Int32Array(T * B);
    starts.forEach((start, n) => {
      for (let t = 0; t < T; t++) {
        const row = t * B + n;
        inputs[row * classes + sequence[start + t]!] = 1;
        indices[row] = sequence[start + t + 1]!;
      }
    });
    return {
      inputs,
      targets: { kind: 'class', indices },
      defaultLossWeights: new Float32Array(T).fill(1),
    };
  };

  return {
    id: 'text',
    citation: null,
    I: classes,
    O: classes,
    inputChannels: channels,
    outputChannels: channels,
    losses: ['crossEntropy', 'mse', 'bce'],
    seeded: false,
    longestT: Math.min(LIMITS.T.most, sequence.length - 1),
    vocabulary: table,
    sequence: { length: sequence.length, windows },
    generate(T, B) {
      requireLength(sequence.length, T);
      return windows(T, segmentStarts(sequence.length, T, B));
    },
  };
}
