import type { Translate } from '../../app/context';
import { formatNumber } from '../../charts/format';
import type { Axis, SurfaceAxes } from './surfaceAxes';

/** What an axis counts: "W_h[1,2]", "factor on W_h". */
export function axisTitle({ choice, entry = '' }: Axis, side: 'x' | 'y', text: Translate): string {
  if (choice === null) return text(side === 'x' ? 'surface.axisRun' : 'surface.axisAcross');
  switch (choice.kind) {
    case 'entry':
      return entry;
    case 'gain':
      return text('surface.axisGain');
    case 'gradient':
      return text('surface.axisGradient');
    case 'random':
      return text('surface.axisRandom', { seed: choice.seed });
  }
}

export function readingText(
  axes: SurfaceAxes,
  [a, b]: readonly [number, number],
  loss: number,
  text: Translate,
): string {
  const params = {
    x: axes.x.choice === null ? text('surface.alongRun') : axisTitle(axes.x, 'x', text),
    y: axes.y.choice === null ? text('surface.acrossRun') : axisTitle(axes.y, 'y', text),
    a: formatNumber(axes.x.offset + a, 4),
    b: formatNumber(axes.y.offset + b, 4),
  };
  return loss === Infinity
    ? text('surface.readingOverflow', params)
    : text('surface.reading', { ...params, loss: formatNumber(loss, 4) });
}
