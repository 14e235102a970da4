import type { Score } from '../../../tasks/score';
import type { Translate } from '../../app/context';
import { formatNumber } from '../../charts/format';

/** A score as it is written. */
export interface ScoreView {
  /** Around the number that stands out */
  readonly headline: { readonly before: string; readonly value: string; readonly after: string };
  /** That number with its unit */
  readonly inShort: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly scale: Scale;
}

/** A line from chance to perfect. */
export interface Scale {
  readonly from: Point;
  readonly to: Point;
  readonly now: Point;
  /** Between the ends */
  readonly others: readonly Point[];
}

export interface Point {
  readonly value: number;
  readonly text: string;
}

/** With one decimal, but for all and nothing: of a few hundred sequences that is all there is to say. */
function formatPart(share: number): string {
  const percent = 100 * share;
  return `${Number.isInteger(percent) ? percent : percent.toFixed(1)} %`;
}

/** Where a value stands between the ends, 0…1; 0 also for one that is worse than chance. */
export function placeOn({ from, to }: Scale, value: number): number {
  if (from.value === to.value) return 1;
  const place = (value - from.value) / (to.value - from.value);
  return Math.min(1, Math.max(0, Number.isFinite(place) ? place : 0));
}

export function isWorse({ from, to, now }: Scale): boolean {
  return Math.sign(to.value - from.value) * (now.value - from.value) < 0;
}

/** Words and numbers of a score, every kind with rows that stay the same whatever the numbers. */
export function viewOf(score: Score, text: Translate): ScoreView {
  switch (score.kind) {
    case 'adding':
      return {
        ...headed(text, 'score.of.adding', formatPart(score.right)),
        facts: [
          { name: text('score.meanError'), value: formatNumber(score.meanError) },
          { name: text('score.squared'), value: formatNumber(score.meanSquaredError) },
          { name: text('score.alwaysOne'), value: `1/6 = ${formatNumber(score.chance)}` },
        ],
        scale: towardsZero(text, score.meanSquaredError, score.chance, 'score.at.squaredError'),
      };
    case 'copy':
      return {
        ...headed(text, 'score.of.copy', formatPart(score.right)),
        facts: [
          { name: text('score.guess'), value: formatPart(score.chance.right) },
          {
            name: text('score.crossEntropy'),
            value:
              score.crossEntropy === null ? text('score.noBits') : formatNumber(score.crossEntropy),
          },
          {
            name: text('score.guessSymbols'),
            value: `ln 8 = ${formatNumber(score.chance.crossEntropy)}`,
          },
        ],
        scale: towardsOne(text, score.right, score.chance.right),
      };
    case 'temporalOrder':
    case 'latch':
      return {
        ...headed(text, `score.of.${score.kind}`, formatPart(score.right)),
        facts: [{ name: text('score.guess'), value: formatPart(score.chance) }],
        scale: towardsOne(text, score.right, score.chance),
      };
    case 'text':
      return ofText(score, text);
    case 'series':
      return {
        ...headed(text, 'score.of.series', formatNumber(score.error)),
        facts: [
          { name: text('score.persistence'), value: formatNumber(score.persistence) },
          { name: text('score.mean'), value: formatNumber(score.mean) },
        ],
        scale: {
          ...towardsZero(text, score.error, score.mean, 'score.at.mean'),
          others: [point(text, 'score.at.persistence', score.persistence)],
        },
      };
    case 'sine':
      return {
        ...headed(text, 'score.of.sine', formatNumber(score.error)),
        facts: [{ name: text('score.zero'), value: `√½ = ${formatNumber(score.chance)}` }],
        scale: towardsZero(text, score.error, score.chance, 'score.at.chance'),
      };
  }
}

function ofText(score: Extract<Score, { readonly kind: 'text' }>, text: Translate): ScoreView {
  const { bitsPerCharacter, uniformBits, unigramBits, right, chance } = score;
  const bits = (value: number) => text('score.bits', { value: formatNumber(value) });
  const facts = [
    { name: text('score.unigram'), value: bits(unigramBits) },
    { name: text('score.uniform', { classes: score.classes }), value: bits(uniformBits) },
    { name: text('score.right'), value: formatPart(right) },
    { name: text('score.mostFrequent'), value: formatPart(chance) },
  ];
  if (bitsPerCharacter === null) {
    return {
      ...headed(text, 'score.of.textRight', formatPart(right)),
      facts,
      scale: towardsOne(text, right, chance),
    };
  }
  return {
    ...headed(text, 'score.of.text', formatNumber(bitsPerCharacter), bits(bitsPerCharacter)),
    facts,
    scale: {
      ...towardsZero(text, bitsPerCharacter, uniformBits, 'score.at.uniform'),
      others: [point(text, 'score.at.unigram', unigramBits)],
    },
  };
}

/** The parts of a sentence around its number. */
function headed(
  text: Translate,
  key: Parameters<Translate>[0],
  value: string,
  inShort = value,
): Pick<ScoreView, 'headline' | 'inShort'> {
  const [before = '', after = ''] = text(key, { value: '\n' }).split('\n');
  return { headline: { before, value, after }, inShort };
}

type PointKey = Extract<Parameters<Translate>[0], `score.at.${string}`>;

function point(text: Translate, key: PointKey, value: number, shown = formatNumber(value)): Point {
  return { value, text: text(key, { value: shown }) };
}

/** An error: the less, the better. */
function towardsZero(text: Translate, now: number, chance: number, key: PointKey): Scale {
  return {
    from: point(text, key, chance),
    to: point(text, 'score.at.perfect', 0),
    now: { value: now, text: formatNumber(now) },
    others: [],
  };
}

/** A share of what is right. */
function towardsOne(text: Translate, now: number, chance: number): Scale {
  return {
    from: point(text, 'score.at.chance', chance, formatPart(chance)),
    to: point(text, 'score.at.perfect', 1, formatPart(1)),
    now: { value: now, text: formatPart(now) },
    others: [],
  };
}
