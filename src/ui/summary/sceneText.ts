import type { Configuration } from '../../model/configuration';
import type { Problem } from '../../model/problem';
import type { MessageKey } from '../../i18n';
import type { Translate } from '../app/context';

/** Longer lists of cuts are counted. */
const MOST_CUTS = 6;

/** What the page is set to, in sentences: the network, its losses, where gradients are stopped. */
export function sceneText(
  configuration: Configuration,
  { lossWeights }: Pick<Problem, 'lossWeights'>,
  text: Translate,
): string[] {
  const { T, B, H, activation, task } = configuration;
  const sentences = [
    text('summary.network', {
      units: counted(H, 'summary.unit', 'summary.units', text),
      f: text(`activation.${activation}`),
      steps: counted(T, 'summary.step', 'summary.steps', text),
      sequences: counted(B, 'summary.sequence', 'summary.sequences', text),
      task: text(`summary.task.${task.kind}`),
    }),
    lossSentence(lossWeights, T, text),
    cutSentence(configuration, text),
  ];
  const { truncation } = configuration;
  if (truncation.kind !== 'none') {
    sentences.push(text(`summary.scheme.${truncation.kind}`, { ...truncation }));
  }
  return sentences;
}

function counted(count: number, one: MessageKey, many: MessageKey, text: Translate): string {
  return text(count === 1 ? one : many, { count });
}

function lossSentence(lossWeights: ArrayLike<number>, T: number, text: Translate): string {
  const steps: number[] = [];
  for (let t = 1; t <= T; t++) if (lossWeights[t - 1] !== 0) steps.push(t);
  const [first, last] = [steps[0], steps[steps.length - 1]];
  if (first === undefined || last === undefined) return text('summary.lossNone');
  if (steps.length === 1) {
    return first === T ? text('summary.lossLast') : text('summary.lossOne', { step: first });
  }
  if (steps.length === T) return text('summary.lossEvery');
  return text('summary.lossSome', { count: steps.length, first, last });
}

function cutSentence({ cuts, T }: Configuration, text: Translate): string {
  const inside = cuts.filter((step) => step <= T);
  if (inside.length === 0) return text('summary.cutsNone');
  if (inside.length === 1) return text('summary.cutOne', { step: inside[0]! });
  const count = inside.length;
  return count <= MOST_CUTS
    ? text('summary.cuts', { count, steps: inside.join(', ') })
    : text('summary.cutsMany', { count, step: inside[count - 1]! });
}
