import type { Configuration } from '../../../model/configuration';
import type { Translate } from '../../app/context';
import { formatNumber } from '../format';

/** Longer lists of cuts give a count. */
const MOST_CUTS = 6;
const LONGEST_NAME = 40;

/**
 * The configuration in a line under a picture, part by part, with MathText's markup: everything that
 * decides what the curves look like. The whole of it is in the file's metadata.
 */
export function captionOf(configuration: Configuration, text: Translate): string[] {
  const { T, B, H, activation, outputActivation, loss, edits, arrays } = configuration;
  const own = Object.keys(arrays).length;
  const parts = [
    text('export.sizes', { T, B, H }),
    text('export.functions', {
      f: text(`activation.${activation}`),
      g: text(`activation.${outputActivation}`),
    }),
    text('export.loss', { loss: text(`cell.loss.${loss}`), at: placementOf(configuration, text) }),
    text('export.task', { task: taskOf(configuration, text), seed: configuration.dataSeed }),
    arrays.Wh === undefined ? generatedOf(configuration, text) : text('export.ownWeights'),
  ];
  if (arrays.Wh === undefined && own > 0) parts.push(text('export.ownArrays', { count: own }));
  if (edits.length > 0) parts.push(text('export.edits', { count: edits.length }));
  const cuts = configuration.cuts.filter((step) => step <= T);
  if (cuts.length > MOST_CUTS) parts.push(text('export.manyCuts', { count: cuts.length }));
  else if (cuts.length > 0) parts.push(text('export.cuts', { steps: cuts.join(', ') }));
  if (configuration.truncation.kind !== 'none') parts.push(truncationOf(configuration, text));
  return parts;
}

function placementOf({ lossPlacement }: Configuration, text: Translate): string {
  if (typeof lossPlacement === 'string') return text(`export.lossAt.${lossPlacement}`);
  return text('export.lossAt.chosen', { count: lossPlacement.length });
}

function taskOf({ task }: Configuration, text: Translate): string {
  switch (task.kind) {
    case 'text':
      return 'sample' in task.source
        ? text(`text.sample.${task.source.sample}`)
        : text('export.ownText');
    case 'series':
      if ('sample' in task.source) return text(`series.sample.${task.source.sample}`);
      // A name is the user's own text: what MathText would read as markup is not.
      return task.source.name.replace(/[*_^]/g, ' ').slice(0, LONGEST_NAME);
    case 'adding':
    case 'copy':
    case 'temporalOrder':
    case 'latch':
    case 'sine':
      return text(`task.${task.kind}`);
  }
}

function generatedOf({ initialiser, gain, seed }: Configuration, text: Translate): string {
  const kind = text(`weights.init.${initialiser.kind}`);
  const angle = initialiser.kind === 'rotation' ? ` θ = ${formatNumber(initialiser.angle)}` : '';
  return text('export.weights', { kind: kind + angle, gain: String(gain), seed });
}

function truncationOf({ truncation }: Configuration, text: Translate): string {
  switch (truncation.kind) {
    case 'none':
      return '';
    case 'chunked':
    case 'reset':
      return text(`export.truncation.${truncation.kind}`, { every: truncation.every });
    case 'sliding':
      return text('export.truncation.sliding', {
        depth: truncation.depth,
        every: truncation.every,
      });
    case 'random':
      return text('export.truncation.random', {
        keep: formatNumber(truncation.keep),
        seed: truncation.seed,
      });
  }
}
